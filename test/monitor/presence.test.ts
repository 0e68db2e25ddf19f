import { expect, it } from 'vitest';
import { quarterMs, quarterOf } from '../../src/features/history/domain/quarters.ts';
import { aMonitor, type MonitorBed } from './a-monitor.ts';

const presence = async ({ clock, store }: MonitorBed, agent: string) => {
  const now = quarterOf(clock.now());
  const read = await store().presence.read('default', {
    from: clock.now() - 4 * quarterMs,
    until: clock.now() + 1,
  });
  const text = (bits: { has(quarter: number): boolean } | undefined) =>
    [3, 2, 1, 0].map((ago) => (bits?.has(now - ago) === true ? 1 : 0)).join('');
  return { polled: text(read.polled), agent: text(read.agents.get(agent)) };
};

/** Polls up to the next quarter of an hour, and one more. */
const quarter = async (bed: MonitorBed): Promise<void> => {
  const before = quarterOf(bed.clock.now());
  while (quarterOf(bed.clock.now()) === before) await bed.poll();
};

it('a poll notes who is online once a quarter, whatever is watched', async () => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  await bed.poll();
  await quarter(bed);
  bed.fleet.set('lax-12', { online: false });
  await quarter(bed);
  await quarter(bed);
  expect(await presence(bed, 'lax-12')).toEqual({ polled: '1111', agent: '1100' });
});

it('a quarter in which PingPlotter could not be read is not known, and a restart adds nothing wrong', async () => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  await bed.poll();
  bed.fleet.fail('unreachable');
  await quarter(bed);
  await quarter(bed);
  bed.fleet.fail(undefined);
  await quarter(bed);
  await bed.restart();
  await bed.poll();
  expect(await presence(bed, 'lax-12')).toEqual({ polled: '1011', agent: '1011' });
});
