import { describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import type { QualityWord } from '../../src/platform/agent.ts';
import { ops } from '../contracts/store-bed.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

/** One poll after each measurement; what each of them said. */
const measured = async (
  bed: MonitorBed,
  words: readonly QualityWord[],
  ids: readonly string[] = ['lax-12'],
): Promise<readonly (readonly string[])[]> => {
  const told: (readonly string[])[] = [];
  for (const word of words) {
    for (const id of ids) bed.fleet.measure(id, word);
    await bed.poll();
    told.push(said(await bed.messages()));
  }
  return told;
};

const aWatched = async (typed = '', ids: readonly string[] = ['lax-12']): Promise<MonitorBed> => {
  const bed = await aMonitor();
  for (const id of ids) bed.fleet.add(id);
  await bed.watch(typed);
  return bed;
};

const site = ['boi-1', 'boi-2', 'boi-3', 'boi-4', 'boi-5'];

const raised = ['post alert'];
const over = ['update alert', 'post alert end'];

describe('a problem with a target', () => {
  it.each<[string, string, readonly QualityWord[], readonly (readonly string[])[]]>([
    [
      'is told after two bad readings, and its end after two good ones',
      '',
      ['good', 'poor', 'poor', 'poor', 'good', 'good', 'good'],
      [[], [], raised, [], [], over, []],
    ],
    ['of one bad reading is not told', '', ['good', 'poor', 'good', 'poor'], [[], [], [], []]],
    [
      'is posted anew when it gets worse',
      'fair',
      ['good', 'fair', 'fair', 'poor', 'poor', 'poor'],
      [[], [], raised, ['update alert'], raised, []],
    ],
    [
      'is told only once it has lasted',
      'after 3m',
      ['good', 'poor', 'poor', 'poor', 'poor', 'poor'],
      [[], [], [], [], raised, []],
    ],
    ['does not concern a watch on offline', 'offline', ['good', 'poor', 'poor'], [[], [], []]],
  ])('%s', async (_, typed, words, told) => {
    expect(await measured(await aWatched(typed), words)).toEqual(told);
  });

  it('that comes and goes is notified once, until it is steady', async () => {
    const bed = await aWatched();
    const back: QualityWord[] = ['good', 'poor'];
    const told = await measured(bed, [...back, ...back, ...back, ...back, ...back, ...back]);
    expect(told.flat()).toEqual(['post alert']);
    const [open] = await bed.store().alerts.current('default');
    expect(open && readDetail(open)?.rows.map(({ state }) => state)).toEqual(['unsteady']);
    const calm = await measured(
      bed,
      Array.from({ length: 20 }, (): QualityWord => 'good'),
    );
    expect(calm.flat()).toEqual(over);
  });

  it('is notified for each conversation that watches it', async () => {
    const bed = await aWatched();
    await bed.watch('name:lax*', {}, '19:dev');
    await bed.watch('name:boi*', {}, '19:boise');
    for (const word of ['good', 'poor', 'poor'] as const) {
      bed.fleet.measure('lax-12', word);
      await bed.poll();
    }
    expect((await bed.messages()).map(({ to }) => to).sort()).toEqual(['19:dev', '19:ops']);
  });

  it('is described on its card', async () => {
    const bed = await aMonitor();
    bed.fleet.add('lax-12', {
      wifi: true,
      network: { signalPercent: 38 },
      vpn: true,
      customFields: [{ name: 'Site', value: 'Boise' }],
      expected: { id: 'voip', name: 'Voice' },
    });
    await bed.watch('');
    await measured(bed, ['good', 'poor', 'poor']);
    const now = bed.clock.now();
    const [open] = await bed.store().alerts.current('default');
    if (open === undefined) throw new Error('no alert');
    expect(open).toMatchObject({ agentId: 'lax-12', sessionId: '', openedAt: now });
    expect(readDetail(open)).toEqual({
      agentName: 'LAX-12',
      state: 'open',
      rows: [
        {
          sessionId: 'lax-12-crm',
          watchIds: [open.watchId],
          target: { name: 'crm' },
          state: 'open',
          since: now - 2 * minute,
          at: now - minute,
          shown: { word: 'poor', score: 41 },
          was: { word: 'good', score: 95 },
          expected: 'Voice',
        },
      ],
      targets: 1,
      notified: { word: 'poor', score: 41 },
      noCause: true,
      circumstances: ['Site Boise', 'Wi-Fi 38 %', 'VPN'],
    });
    await measured(bed, ['good', 'good']);
    expect(await bed.store().alerts.current('default')).toEqual([]);
    const closed = await bed.store().alerts.find(open.id);
    expect(closed).toMatchObject({ closedAt: now + 2 * minute });
    expect(closed && readDetail(closed)).toMatchObject({
      state: 'over',
      endedAt: now + 2 * minute,
      rows: [
        {
          state: 'over',
          since: now - 2 * minute,
          shown: { word: 'good' },
          was: { word: 'poor', score: 41 },
        },
      ],
    });
  });

  it('says where it is broken, if the others show it', async () => {
    const bed = await aWatched('name:lax-12');
    bed.fleet.set('lax-12', { wifi: true, network: { signalPercent: 20 } });
    for (const id of site) bed.fleet.add(id);
    for (const word of ['good', 'poor', 'poor'] as const) {
      for (const id of site) bed.fleet.measure(id, 'good');
      bed.fleet.measure('lax-12', word);
      await bed.poll();
    }
    const [open] = await bed.store().alerts.current('default');
    expect(open && readDetail(open)?.diagnosis).toMatchObject({ likely: 'wifi' });
  });

  it('is followed in place while it lasts', async () => {
    const bed = await aWatched('below 80');
    await measured(bed, ['good', 'fair', 'fair']);
    bed.fleet.measure('lax-12', 'fair', 66);
    await bed.poll();
    expect(said(await bed.messages())).toEqual([]);
    bed.fleet.measure('lax-12', 'fair', 58);
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['update alert']);
  });

  it('of an agent that is deleted ends without a word', async () => {
    const bed = await aWatched();
    await measured(bed, ['good', 'poor', 'poor']);
    bed.fleet.remove('lax-12');
    await bed.poll();
    expect(said(await bed.messages())).toEqual([]);
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['update alert']);
    expect(await bed.store().alerts.current('default')).toEqual([]);
    expect(await bed.store().alertStates.all('default')).toEqual([]);
  });

  it('ends without a word when its watch is about other agents by now', async () => {
    const bed = await aWatched('field.Site:Boise');
    bed.fleet.set('lax-12', { customFields: [{ name: 'Site', value: 'Boise' }] });
    await measured(bed, ['good', 'poor', 'poor']);
    bed.fleet.set('lax-12', { customFields: [{ name: 'Site', value: 'Reno' }] });
    expect(await measured(bed, ['poor'])).toEqual([['update alert']]);
    expect(await bed.store().alerts.current('default')).toEqual([]);
  });

  it('does not outlive its watch', async () => {
    const bed = await aWatched();
    await measured(bed, ['good', 'poor', 'poor']);
    await bed.store().watches.remove(ops, 1);
    expect(await measured(bed, ['poor', 'good', 'good'])).toEqual([['update alert'], [], []]);
  });

  it('begins again when the terms of its watch change', async () => {
    const bed = await aWatched();
    await measured(bed, ['good', 'poor', 'poor']);
    const [watch] = await bed.store().watches.all('default');
    if (watch === undefined) throw new Error('no watch');
    const rule = { filter: 'name:boi*', quality: { word: 'poor' }, offline: true };
    await bed.store().watches.change(watch.id, { filter: rule.filter, rule });
    expect(await measured(bed, ['poor', 'good', 'good'])).toEqual([['update alert'], [], []]);
  });
});

describe('an agent', () => {
  const turned = async (bed: MonitorBed, ...states: readonly boolean[]) => {
    const told: (readonly string[])[] = [];
    for (const online of states) {
      bed.fleet.set('lax-12', { online });
      await bed.poll();
      told.push(said(await bed.messages()));
    }
    return told;
  };

  it('that goes offline is notified, and its return', async () => {
    const bed = await aWatched('offline');
    expect(await turned(bed, true, false, false, true, true)).toEqual([[], [], raised, [], over]);
  });

  it('that was offline for long when first seen is no news, and its return neither', async () => {
    const bed = await aWatched('offline');
    bed.fleet.set('lax-12', { lastSeen: bed.clock.now() - 60 * minute });
    expect(await turned(bed, false, false, true, true)).toEqual([[], [], [], []]);
    expect(await bed.store().alerts.current('default')).toEqual([]);
  });

  it('is watched on when its filter asks for what it is no longer', async () => {
    const bed = await aWatched('is:online offline');
    expect(await turned(bed, true, false, false)).toEqual([[], [], raised]);
  });

  it('that the bot itself reconnects is no news', async () => {
    const bed = await aWatched('offline');
    await turned(bed, true);
    await bed.ownChanges.add('default', {
      agent: 'lax-12',
      kind: 'reconnect',
      until: bed.clock.now() + 3 * minute,
    });
    expect(await turned(bed, false, false, true, true)).toEqual([[], [], [], []]);
  });

  it('that the bot reconnected and that does not come back is notified', async () => {
    const bed = await aWatched('offline');
    await turned(bed, true);
    await bed.ownChanges.add('default', {
      agent: 'lax-12',
      kind: 'reconnect',
      until: bed.clock.now() + 2 * minute,
    });
    expect((await turned(bed, false, false, false, false)).flat()).toEqual(raised);
  });

  it('whose sessions the bot paused teaches nothing', async () => {
    const bed = await aWatched();
    await measured(bed, ['good']);
    const by = { name: 'Ada', at: bed.clock.now() };
    await bed.store().sessions.markPaused('default', 'lax-12', ['lax-12-crm'], by);
    for (let polls = 0; polls < 4; polls += 1) await bed.poll();
    expect(await bed.messages()).toEqual([]);
  });
});

describe('problems that come together', () => {
  it('share one card, which is updated until the last of them has ended', async () => {
    const bed = await aWatched('', site);
    expect(await measured(bed, ['good', 'poor', 'poor', 'poor'], site)).toEqual([
      [],
      [],
      ['post group'],
      [],
    ]);
    for (const id of site) bed.fleet.measure(id, id === 'boi-5' ? 'poor' : 'good');
    await bed.poll();
    for (const id of site) bed.fleet.measure(id, id === 'boi-5' ? 'poor' : 'good');
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['update group']);
    expect(await measured(bed, ['good', 'good'], ['boi-5'])).toEqual([
      [],
      ['update group', 'post group end'],
    ]);
  });

  it('take in those that were notified alone a moment before', async () => {
    const bed = await aWatched('', site);
    await measured(bed, ['good'], site);
    await measured(bed, ['poor'], site.slice(0, 1));
    await measured(bed, ['poor'], site.slice(0, 3));
    expect(await measured(bed, ['poor'], site.slice(0, 3))).toEqual([
      ['update alert', 'post group'],
    ]);
    const open = await bed.store().alerts.current('default');
    expect(open.map(({ groupId }) => groupId)).toEqual(Array(3).fill(open[0]?.groupId));
  });

  it('take in those that follow, and are posted again when they are many more', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `boi-${index}`);
    const bed = await aWatched('', many);
    await measured(bed, ['good'], many);
    await measured(bed, ['poor', 'poor'], many.slice(0, 3));
    await measured(bed, ['poor'], many.slice(0, 4));
    expect(await measured(bed, ['poor'], many.slice(0, 4))).toEqual([['update group']]);
    const later = await aWatched('', many);
    await measured(later, ['good'], many);
    await measured(later, ['poor'], many.slice(0, 3));
    await measured(later, ['poor'], many);
    expect(await measured(later, ['poor'], many)).toEqual([['post group']]);
  });

  it('that are far apart are notified apart', async () => {
    const bed = await aWatched('', site);
    await measured(bed, ['good'], site);
    const told: string[] = [];
    for (const id of site) {
      told.push(...(await measured(bed, ['poor', 'poor', 'poor', 'poor'], [id])).flat());
    }
    expect(told).toEqual(Array(5).fill('post alert'));
  });

  it('end without a word when all of their agents are deleted', async () => {
    const bed = await aWatched('', site);
    await measured(bed, ['good', 'poor', 'poor'], site);
    for (const id of site) bed.fleet.add(`other-${id}`);
    await bed.poll();
    for (const id of site) bed.fleet.set(id, { deleted: true });
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['update group']);
  });
});

describe('what a poll stores besides', () => {
  it('is each sample once', async () => {
    const bed = await aWatched();
    await measured(bed, ['good']);
    const from = bed.clock.now() - minute;
    await bed.poll();
    await measured(bed, ['poor']);
    const kept = await bed.store().samples.list('default', 'lax-12', from, bed.clock.now() + 1);
    expect(kept.map(({ word }) => word)).toEqual(['good', 'poor']);
  });

  it('is every session that it meets', async () => {
    const bed = await aWatched();
    bed.fleet.measure('lax-12', 'good', 90, 'lax-12-voice');
    await measured(bed, ['good']);
    const seen = await bed.store().sessions.seen('default', 'lax-12');
    expect(seen.map(({ name }) => name)).toEqual(['crm', 'voice']);
  });
});
