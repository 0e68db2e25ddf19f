import { describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { firstSeen } from '../../src/features/alerting/domain/alert-state.ts';
import type { Evaluation } from '../../src/features/alerting/domain/evaluate.ts';
import type { WatchPlan } from '../../src/features/alerting/domain/watch-plan.ts';
import { findBeginnings } from '../../src/features/alerting/find-beginnings.ts';
import type { Sample } from '../../src/features/history/store.ts';
import { aDatabase } from '../store/a-database.ts';
import { bedOn } from '../store/bed.ts';
import { aMonitor, type MonitorBed, minute } from './a-monitor.ts';

/** C13: a problem is as old as its samples, however young the watch is. */

const hour = 60 * minute;

const polls = async (bed: MonitorBed, count: number, ids = ['lax-12']): Promise<void> => {
  for (let poll = 0; poll < count; poll += 1) {
    for (const id of ids) bed.fleet.measure(id, 'poor');
    await bed.poll();
  }
};

const sinceOf = async (bed: MonitorBed): Promise<readonly (number | undefined)[]> =>
  (await bed.store().alerts.current('default')).map((alert) => readDetail(alert)?.rows[0]?.since);

/** Minutes before now, oldest first. */
const stored = async (bed: MonitorBed, words: readonly Sample['word'][], everyMs = minute) => {
  const now = bed.clock.now();
  const samples = words.map((word, index): Sample => {
    const at = now - (words.length - index) * everyMs;
    return { agentId: 'lax-12', sessionId: 'lax-12-crm', at, word };
  });
  await bed.store().samples.add('default', samples);
  return samples;
};

const aBed = async (): Promise<MonitorBed> => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  return bed;
};

describe('C13: a watch on a target that has been bad for long', () => {
  it('says since when it has been, not since when it was watched', async () => {
    const bed = await aBed();
    bed.fleet.measure('lax-12', 'good');
    await bed.poll();
    await polls(bed, 11);
    const began = bed.clock.now() - 11 * minute;
    await bed.watch('');
    await polls(bed, 2);
    expect(await sinceOf(bed)).toEqual([began]);
  });

  it.each<[string, readonly Sample['word'][], number]>([
    ['after the last two good samples', ['poor', 'good', 'good', 'poor', 'poor'], 2],
    ['before a single good one', ['good', 'good', 'poor', 'poor', 'good', 'poor'], 4],
    ['at its oldest sample', ['poor', 'poor', 'poor'], 3],
    ['not before nothing was known', ['good', 'unknown', 'poor'], 1],
  ])('begins %s', async (_what, words, ago) => {
    const bed = await aBed();
    await stored(bed, words);
    const began = bed.clock.now() - ago * minute;
    await bed.watch('');
    await polls(bed, 2);
    expect(await sinceOf(bed)).toEqual([began]);
  });

  it('reads back as far as it was bad, through what is packed', async () => {
    const bed = await aBed();
    const [first] = await stored(bed, Array<Sample['word']>(3 * 96).fill('poor'), 15 * minute);
    await bed.store().prune(bed.clock.now());
    await bed.watch('');
    await polls(bed, 2);
    expect(await sinceOf(bed)).toEqual([first?.at]);
  });

  it('begins anew after a time without samples', async () => {
    const bed = await aBed();
    await stored(bed, ['poor', 'poor', 'poor']);
    await bed.clock.advance(2 * hour);
    await bed.watch('');
    await polls(bed, 2);
    expect(await sinceOf(bed)).toEqual([bed.clock.now() - 2 * minute]);
  });

  it('has lasted as long as the samples say, for a watch that waits', async () => {
    const bed = await aBed();
    await stored(bed, Array<Sample['word']>(20).fill('poor'));
    await bed.watch('', { afterMs: 10 * minute });
    await polls(bed, 2);
    expect(await sinceOf(bed)).toHaveLength(1);
  });

  it('reads the samples of just those agents, in one pass for all of them', async () => {
    const { store, clock } = await bedOn(await aDatabase());
    const now = clock.now();
    const ids = Array.from({ length: 300 }, (_, index) => `agent-${index}`);
    const samples = ids.flatMap((agentId) =>
      [30, 2, 1].map((ago): Sample => {
        const word = ago === 30 ? 'good' : 'poor';
        return { agentId, sessionId: `${agentId}-crm`, at: now - ago * minute, word };
      }),
    );
    await store.samples.add('default', samples);
    const read: (ReadonlySet<string> | undefined)[] = [];
    const counted: typeof store.samples = {
      ...store.samples,
      list: () => Promise.reject(new Error('of one agent')),
      pages: (account, period) => {
        read.push(period.agents);
        return store.samples.pages(account, period);
      },
    };
    const quality = { quality: { word: 'poor' }, pollSeconds: 60 } as const;
    const plan: WatchPlan = {
      groups: [
        {
          stays: undefined,
          meets: undefined,
          watches: [{ id: 'w', presence: undefined, limits: undefined, quality }],
        },
      ],
      groupsOf: () => ({ about: [], left: [] }),
    };
    const bad = { at: now, verdict: 'bad', shown: { word: 'poor' } } as const;
    const evaluations = ids.map((agentId): Evaluation => {
      const place = { watchId: 'w', agentId, sessionId: `${agentId}-crm` };
      const nothing = { before: undefined, event: undefined, reading: undefined, view: undefined };
      return { ...place, ...nothing, after: firstSeen(bad) };
    });
    const ports = { account: 'default', clock, store: { samples: counted } };
    await findBeginnings(ports, plan, evaluations, now);
    expect(read).toEqual([new Set(ids)]);
    expect(new Set(evaluations.map(({ after }) => after?.run.since))).toEqual(
      new Set([now - 2 * minute]),
    );
  });
});
