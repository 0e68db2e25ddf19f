import { describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import type { QualityWord } from '../../src/platform/agent.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

const targets = ['crm', 'dns', 'mail', 'sip', 'vpn', 'web', 'erp', 'chat'];

const session = (target: string): string => `lax-12-${target}`;

/** One poll in which each of these targets is measured. */
const polled = async (
  bed: MonitorBed,
  word: QualityWord,
  names: readonly string[] = targets,
  score?: number,
): Promise<readonly string[]> => {
  for (const name of names) bed.fleet.measure('lax-12', word, score, session(name));
  await bed.poll();
  return said(await bed.messages());
};

const watched = async (...typed: readonly string[]): Promise<MonitorBed> => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  for (const text of typed) await bed.watch(text);
  return bed;
};

const open = async (bed: MonitorBed) => {
  const [alert, ...others] = await bed.store().alerts.current('default');
  if (alert === undefined || others.length > 0) throw new Error('not one alert');
  return { ...alert, detail: readDetail(alert) };
};

describe('C1: one agent in one conversation', () => {
  it('is one alert, however many of its targets are bad', async () => {
    const bed = await watched('');
    expect([
      await polled(bed, 'good'),
      await polled(bed, 'poor'),
      await polled(bed, 'poor'),
      await polled(bed, 'good'),
      await polled(bed, 'good'),
    ]).toEqual([[], [], ['post alert'], [], ['update alert', 'post alert end']]);
  });

  it('is one alert by two watches that overlap, and names both', async () => {
    const bed = await watched('', 'poor');
    await polled(bed, 'good');
    await polled(bed, 'poor');
    expect(await polled(bed, 'poor')).toEqual(['post alert']);
    const { detail } = await open(bed);
    expect(detail?.rows).toHaveLength(8);
    for (const { watchIds } of detail?.rows ?? []) expect(watchIds).toHaveLength(2);
  });

  it('changes its card when a further target is bad', async () => {
    const bed = await watched('');
    await polled(bed, 'good');
    await polled(bed, 'poor', ['crm']);
    expect(await polled(bed, 'poor', ['crm'])).toEqual(['post alert']);
    await polled(bed, 'poor', ['dns']);
    expect(await polled(bed, 'poor', ['dns'])).toEqual(['update alert']);
  });

  it('posts again when it goes offline, which is worse, and once when all is over', async () => {
    const bed = await watched('');
    await polled(bed, 'good');
    await polled(bed, 'poor');
    await polled(bed, 'poor');
    bed.fleet.set('lax-12', { online: false });
    await bed.poll();
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['post alert']);
    bed.fleet.set('lax-12', { online: true });
    expect(await polled(bed, 'good')).toEqual([]);
    // It is back online; what it measured before its return counts for nothing.
    expect(await polled(bed, 'good')).toEqual(['update alert']);
    expect(await polled(bed, 'good')).toEqual(['update alert', 'post alert end']);
  });

  it.each([
    [26, []],
    [25, ['post alert']],
  ])('with a score of %i after one of 40 says %j', async (score, messages) => {
    const bed = await watched('');
    await polled(bed, 'good', ['crm']);
    await polled(bed, 'poor', ['crm'], 40);
    await polled(bed, 'poor', ['crm'], 40);
    const first = await polled(bed, 'poor', ['crm'], score);
    const second = await polled(bed, 'poor', ['crm'], score);
    expect([...first, ...second].filter((one) => one.startsWith('post'))).toEqual(messages);
  });

  it('keeps its card without an end message when its last watch ends', async () => {
    const bed = await aMonitor();
    bed.fleet.add('lax-12');
    const watch = await bed.watch('');
    await polled(bed, 'good');
    await polled(bed, 'poor');
    await polled(bed, 'poor');
    const { id } = await open(bed);
    await bed.store().watches.remove(watch, watch.number);
    expect(await polled(bed, 'poor')).toEqual(['update alert']);
    const ended = await bed.store().alerts.find(id);
    expect(ended && readDetail(ended)?.state).toBe('unwatched');
  });

  it('ends on its card when it is renamed out of the filter (A8)', async () => {
    const bed = await watched('name:LAX-12');
    await polled(bed, 'good');
    await polled(bed, 'poor');
    await polled(bed, 'poor');
    const { id } = await open(bed);
    bed.fleet.set('lax-12', { name: 'REN-two' });
    expect(await polled(bed, 'poor')).toEqual(['update alert']);
    const ended = await bed.store().alerts.find(id);
    expect(ended).toMatchObject({ closedAt: bed.clock.now() });
    expect(ended && readDetail(ended)?.state).toBe('unwatched');
  });

  it('is offline since it was last seen', async () => {
    const bed = await watched('offline');
    await polled(bed, 'good');
    const lastSeen = bed.clock.now();
    bed.fleet.set('lax-12', { online: false, lastSeen });
    await bed.poll();
    await bed.poll();
    expect((await open(bed)).detail?.rows).toMatchObject([{ sessionId: '', since: lastSeen }]);
  });
});

describe('C14: a group', () => {
  const site = ['boi-1', 'boi-2', 'boi-3', 'boi-4', 'boi-5', 'boi-6'];

  const all = async (bed: MonitorBed, word: QualityWord, ids: readonly string[]) => {
    for (const id of ids) bed.fleet.measure(id, word);
    await bed.poll();
    return said(await bed.messages());
  };

  const grouped = async (): Promise<MonitorBed> => {
    const bed = await aMonitor();
    for (const id of site) bed.fleet.add(id);
    await bed.watch('');
    await all(bed, 'good', site);
    await all(bed, 'poor', site.slice(0, 3));
    expect(await all(bed, 'poor', site.slice(0, 3))).toEqual(['post group']);
    return bed;
  };

  it('takes in who turns bad while it is open, and is posted again when it has doubled', async () => {
    const bed = await grouped();
    await bed.clock.advance(20 * minute);
    await all(bed, 'poor', site.slice(0, 5));
    expect(await all(bed, 'poor', site.slice(0, 5))).toEqual(['update group']);
    await all(bed, 'poor', site);
    expect(await all(bed, 'poor', site)).toEqual(['post group']);
  });
});
