import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { readNotice } from '../fakes/notices.ts';
import { aMonitor, type Message, type MonitorBed, minute, said } from './a-monitor.ts';

/** A2: monitoring that lost sight of nearly all agents finds its way back by itself. */

const seven = Array.from({ length: 7 }, (_, index) => `boi-${index}`);
const [left = '', ...others] = seven;

const aSite = async (options: Parameters<typeof aMonitor>[0] = {}): Promise<MonitorBed> => {
  const bed = await aMonitor(options);
  for (const id of seven) bed.fleet.add(id);
  for (const id of seven) bed.fleet.measure(id, 'good');
  await bed.watch('');
  await bed.poll();
  return bed;
};

/** Polls so often, and gives what is to be sent then. */
const polls = async (
  bed: MonitorBed,
  count: number,
  before: (poll: number) => void = () => {},
): Promise<readonly Message[]> => {
  for (let poll = 0; poll < count; poll += 1) {
    before(poll);
    await bed.poll();
  }
  return bed.messages();
};

const ends = (messages: readonly Message[]): readonly unknown[] =>
  messages.map(({ notice }) => readNotice(notice)).filter(({ kind }) => kind === 'sight');

describe('A2: a fleet of which nearly all is gone', () => {
  it('is believed after 15 minutes of the same picture, and what goes wrong then is notified', async () => {
    const bed = await aSite();
    for (const id of others) bed.fleet.remove(id);
    expect(said(await polls(bed, 14))).toEqual(['post sight blind']);
    const told = await polls(bed, 2);
    expect(said(told)).toEqual(['post sight sighted']);
    expect(ends(told)).toMatchObject([{ why: 'accepted', lost: 6, before: 7 }]);
    const poor = () => bed.fleet.measure(left, 'poor');
    expect(said(await polls(bed, 3, poor))).toEqual(['post alert']);
    expect(await polls(bed, 20, poor)).toEqual([]);
  });

  it('is believed when twenty others stand in its place', async () => {
    const bed = await aSite();
    for (const id of others) bed.fleet.remove(id);
    for (let index = 0; index < 20; index += 1) bed.fleet.add(`new-${index}`);
    expect(said(await polls(bed, 16))).toEqual(['post sight blind', 'post sight sighted']);
    const poor = () => bed.fleet.measure('new-3', 'poor', 20, 'new-3-crm');
    expect(said(await polls(bed, 3, poor))).toEqual(['post alert']);
  });

  it('is believed over a restart in between', async () => {
    const bed = await aSite();
    for (const id of others) bed.fleet.remove(id);
    expect(said(await polls(bed, 8))).toEqual(['post sight blind']);
    await bed.restart();
    expect(said(await polls(bed, 8))).toEqual(['post sight sighted']);
    await bed.restart();
    expect(await polls(bed, 20, () => bed.fleet.measure(left, 'good'))).toEqual([]);
  });

  it('is believed when it is empty, and again when it has come back', async () => {
    const bed = await aSite();
    for (const id of seven) bed.fleet.remove(id);
    expect(said(await polls(bed, 16))).toEqual(['post sight blind', 'post sight sighted']);
    for (const id of seven) bed.fleet.add(id);
    const poor = () => bed.fleet.measure(left, 'poor');
    expect(said(await polls(bed, 3, poor))).toEqual(['post alert']);
  });

  it('is believed although it grows by one agent at a time', async () => {
    const bed = await aMonitor();
    const many = Array.from({ length: 100 }, (_, index) => `lax-${index}`);
    for (const id of many) bed.fleet.add(id);
    await bed.watch('');
    await bed.poll();
    for (const id of many) bed.fleet.remove(id);
    const grow = (poll: number) => bed.fleet.add(`new-${poll}`);
    expect(said(await polls(bed, 16, grow))).toEqual(['post sight blind', 'post sight sighted']);
  });

  it('ends the alerts of those that are gone', async () => {
    const bed = await aSite();
    const [bad = ''] = others;
    expect(said(await polls(bed, 3, () => bed.fleet.measure(bad, 'poor')))).toEqual(['post alert']);
    for (const id of others) bed.fleet.remove(id);
    await polls(bed, 16);
    expect(await bed.store().alerts.current('default')).toEqual([]);
  });

  it('is not believed early when it comes and goes', async () => {
    const bed = await aSite();
    const told = await polls(bed, 40, (poll) => {
      for (const id of others)
        if (poll % 10 < 5) bed.fleet.set(id, { online: false });
        else bed.fleet.set(id, { online: true });
    });
    expect(ends(told).filter((end) => 'why' in (end as object))).not.toContainEqual(
      expect.objectContaining({ why: 'accepted' }),
    );
  });

  it('is not believed by one read after a long stop', async () => {
    const bed = await aSite();
    for (const id of others) bed.fleet.remove(id);
    expect(said(await polls(bed, 1))).toEqual(['post sight blind']);
    await bed.clock.advance(5 * 60 * minute);
    await bed.restart();
    expect(await polls(bed, 8)).toEqual([]);
    expect(said(await polls(bed, 3))).toEqual(['post sight sighted']);
  });

  it('gives up nobody who may be among entries that could not be read', async () => {
    const bed = await aSite();
    const [bad = ''] = others;
    await polls(bed, 3, () => bed.fleet.measure(bad, 'poor'));
    const { pingPlotter } = bed.fleet;
    const agents: typeof pingPlotter.agents = async (...asked) => ({
      ...(await pingPlotter.agents(...asked)),
      skipped: 1,
    });
    await bed.restart({ pingPlotter: () => ({ ...pingPlotter, agents }) });
    for (const id of seven) bed.fleet.remove(id);
    expect(said(await polls(bed, 20))).toEqual(['post sight blind', 'post sight sighted']);
    expect(await bed.store().alerts.current('default')).toHaveLength(1);
  });
});

describe('another account', () => {
  it('starts a new picture of its fleet without a word of outage', async () => {
    const former = await aMonitor({ source: 'former' });
    for (const id of seven) former.fleet.add(id);
    await former.watch('');
    await former.poll();
    await former.restart({ source: 'other' });
    for (const id of seven) former.fleet.remove(id);
    for (let index = 0; index < 20; index += 1) former.fleet.add(`new-${index}`);
    const poor = () => former.fleet.measure('new-3', 'poor');
    expect(said(await polls(former, 3, poor))).toEqual(['post alert']);
  });

  it('ends the outage of the one before', async () => {
    const bed = await aMonitor({ source: 'former' });
    for (const id of seven) bed.fleet.add(id);
    await bed.watch('');
    await bed.poll();
    for (const id of others) bed.fleet.remove(id);
    expect(said(await polls(bed, 2))).toEqual(['post sight blind']);
    await bed.restart({ source: 'other' });
    expect(said(await polls(bed, 1))).toEqual(['post sight sighted']);
  });

  it('is one still when its first poll failed and the process began again', async () => {
    const bed = await aSite({ source: 'former' });
    for (const id of seven) bed.fleet.remove(id);
    for (let index = 0; index < 20; index += 1) bed.fleet.add(`new-${index}`);
    bed.fleet.fail('unavailable');
    await bed.restart({ source: 'other' });
    expect(await polls(bed, 1)).toEqual([]);
    bed.fleet.fail();
    await bed.restart();
    expect(await polls(bed, 2)).toEqual([]);
  });

  it('ends the alerts of the former one, without calling its agents deleted', async () => {
    const bed = await aSite({ source: 'former' });
    const [bad = ''] = others;
    await polls(bed, 3, () => bed.fleet.measure(bad, 'poor'));
    const [alert] = await bed.store().alerts.current('default');
    for (const id of seven) bed.fleet.remove(id);
    bed.fleet.add('other');
    await bed.restart({ source: 'other' });
    await polls(bed, 4);
    const ended = await bed.store().alerts.find(alert?.id ?? '');
    expect(ended?.closedAt).toBeDefined();
    expect(ended && readDetail(ended)).toMatchObject({ state: 'gone', anotherAccount: true });
  });

  it('calls an agent deleted that goes after its first whole poll', async () => {
    const bed = await aSite({ source: 'former' });
    await bed.restart({ source: 'other' });
    const [bad = ''] = others;
    await polls(bed, 4, () => bed.fleet.measure(bad, 'poor'));
    const [alert] = await bed.store().alerts.current('default');
    bed.fleet.remove(bad);
    await polls(bed, 4);
    const ended = await bed.store().alerts.find(alert?.id ?? '');
    expect(ended && readDetail(ended)).toMatchObject({ state: 'gone' });
    expect(ended && readDetail(ended)?.anotherAccount).toBeUndefined();
  });

  it('is judged by no hint before its first whole poll', async () => {
    const bed = await aSite({ source: 'former' });
    const [bad = ''] = others;
    await polls(bed, 3, () => bed.fleet.measure(bad, 'poor'));
    bed.fleet.fail('unavailable');
    await bed.restart({ source: 'new key' });
    await polls(bed, 1);
    bed.fleet.fail();
    await bed.hint(left);
    expect(await bed.store().alerts.current('default')).toHaveLength(1);
  });
});

describe('whatever the fleet did', () => {
  it('is seen again when it stays as it is', async () => {
    const step = fc.record({
      online: fc.subarray([...seven, 'new-1', 'new-2', 'new-3', 'new-4', 'new-5', 'new-6']),
      failing: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const bed = await aSite();
        for (const { online, failing } of steps) {
          for (const id of [...seven, ...others]) bed.fleet.remove(id);
          for (const id of online) bed.fleet.add(id);
          bed.fleet.fail(failing ? 'unavailable' : undefined);
          await bed.poll();
        }
        bed.fleet.fail();
        bed.fleet.add('last');
        await polls(bed, 17, () => bed.fleet.measure('last', 'good'));
        const told = await polls(bed, 3, () => bed.fleet.measure('last', 'poor'));
        expect(said(told)).toEqual(['post alert']);
      }),
      { numRuns: 8 },
    );
  });
});
