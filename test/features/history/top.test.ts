import { describe, expect, it } from 'vitest';
import { topCard } from '../../../src/features/history/cards/top.ts';
import { offlineTime, watchedSince } from '../../../src/features/history/domain/offline-time.ts';
import { type HistorySpan, historyPeriod } from '../../../src/features/history/domain/period.ts';
import {
  QuarterBits,
  quarterMs,
  quarterOf,
} from '../../../src/features/history/domain/quarters.ts';
import { SampleBuffer, sampleWords } from '../../../src/features/history/domain/sample-buffer.ts';
import { foldWordChanges } from '../../../src/features/history/domain/word-changes.ts';
import { createTopReader, readTop, type TopKind } from '../../../src/features/history/read-top.ts';
import type { PresenceRead } from '../../../src/features/history/store.ts';
import type { QualityWord } from '../../../src/platform/agent.ts';
import { aReader, aReading, aTarget, aView, hour, minute } from '../../cards/a-fleet.ts';
import { fakeClock } from '../../fakes/clock.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const day = quarterOf(now) - (quarterOf(now) % 96);

/** Quarters of today, counted from midnight. */
const presence = (
  polled: readonly number[],
  online: Readonly<Record<string, readonly number[]>>,
): PresenceRead => {
  const bits = (quarters: readonly number[]): QuarterBits => {
    const set = new QuarterBits(day / 96, day / 96);
    for (const quarter of quarters) set.set(day + quarter);
    return set;
  };
  return {
    from: day,
    until: day + 48,
    polled: bits(polled),
    agents: new Map(Object.entries(online).map(([id, quarters]) => [id, bits(quarters)])),
  };
};

describe('time offline', () => {
  it.each([
    ['counts quarters without its bit', {}, [1, 2], 2, 4],
    ['counts all of it where it never came', {}, [], 4, 4],
    ['counts nothing before it was made', { createdAt: (day + 2) * quarterMs }, [3], 1, 2],
  ])('%s', (_name, more, online, offline, known) => {
    const read = presence([1, 2, 3, 4], online.length === 0 ? {} : { a: online });
    expect(offlineTime(read, { id: 'a', ...more })).toEqual({
      agent: 'a',
      offlineMs: offline * quarterMs,
      knownMs: known * quarterMs,
    });
  });

  it('says nothing of quarters in which nobody watched', () => {
    const read = presence([], { a: [1] });
    expect(offlineTime(read, { id: 'a' })).toMatchObject({ offlineMs: 0, knownMs: 0 });
    expect(watchedSince(read)).toBeUndefined();
    expect(watchedSince(presence([5, 9], {}))).toBe((day + 5) * quarterMs);
  });
});

const batchOf = (
  ...samples: readonly (readonly [session: string, minutesAgo: number, word: QualityWord])[]
): SampleBuffer => {
  const buffer = new SampleBuffer();
  const known = new Map<string, { agentId: string; sessionId: string }>();
  for (const [session, ago, word] of samples) {
    const whose = known.get(session) ?? {
      agentId: `agent-${session.split('-')[0]}`,
      sessionId: session,
    };
    known.set(session, whose);
    buffer.push(whose, now - ago * minute, sampleWords.indexOf(word), 50);
  }
  return buffer;
};

it('counts changes of the word, and none to what is unknown', () => {
  const fold = foldWordChanges();
  fold.add(
    batchOf(
      ['a-1', 9, 'good'],
      ['a-1', 8, 'unknown'],
      ['a-1', 7, 'good'],
      ['a-1', 6, 'poor'],
      ['b-1', 5, 'good'],
    ),
  );
  expect(fold.changes()).toEqual([{ agent: 'agent-a', session: 'a-1', changes: 1 }]);
});

describe('top', () => {
  const view = (name: string, changes: object = {}) =>
    aView({
      agent: { id: `agent-${name}`, name, ...changes },
      targets: [{ ...aTarget('crm', aReading('good', 90)), sessionId: `${name}-1` }],
    });
  /** Ten days ago: b was Poor for 40 minutes of an hour, a for none. */
  const tenDaysAgo = Math.floor(now / hour) * hour - 10 * 24 * hour;
  const rolled = (['a', 'b'] as const).map((name) => ({
    whose: { agentId: `agent-${name}`, sessionId: `${name}-1` },
    hour: {
      ...{ at: tenDaysAgo, mean: 50, lowest: 20 },
      ...(name === 'b' ? { good: 20, fair: 0, poor: 40 } : { good: 60, fair: 0, poor: 0 }),
    },
  }));
  const top = (
    kind: TopKind,
    samples: SampleBuffer,
    read = presence([1, 2], { 'agent-b': [1] }),
    span: HistorySpan = '24h',
  ) =>
    readTop(
      {
        clock: fakeClock(now),
        fleets: {
          read: async () => ({
            agents: [view('a', { createdAt: 0 }), view('b', { createdAt: 0 })],
            takenAt: now,
            readAt: 0,
            skipped: 0,
          }),
        },
        store: {
          samples: {
            pages: async function* () {
              yield samples;
            },
          },
          rollUps: {
            visit: async (_, { from, until }, visit) => {
              for (const { whose, hour: one } of rolled)
                if (one.at >= from && one.at < until) visit(whose, one);
            },
          },
          presence: { read: async () => read },
        },
      },
      'default',
      { kind, period: historyPeriod(span, now) },
    );
  const samples = batchOf(
    ...(['good', 'poor', 'good', 'poor', 'good'] as const).map(
      (word, place) => ['a-1', 20 - place, word] as const,
    ),
    ['b-1', 30, 'poor'],
    ['b-1', 20, 'good'],
    ['gone-1', 60, 'poor'],
  );

  it.each<[TopKind, readonly (readonly [string, number])[]]>([
    [
      'poor',
      [
        ['b', 10 * minute],
        ['a', 2 * minute],
      ],
    ],
    [
      'flapping',
      [
        ['a', 4],
        ['b', 1],
      ],
    ],
    [
      'offline',
      [
        ['a', 2 * quarterMs],
        ['b', quarterMs],
      ],
    ],
  ])('%s puts the worst first, and leaves out who is gone', async (kind, expected) => {
    const { entries } = await top(kind, samples);
    expect(entries.map(({ agent, amount }) => [agent.name, amount])).toEqual(expected);
  });

  it('names the target, and says since when anything is stored', async () => {
    const { entries, since } = await top('poor', samples);
    expect(entries[0]?.target).toBe('crm');
    expect(since).toBe(now - 60 * minute);
  });

  it('takes what was before the samples by the hour, but for changes of the word', async () => {
    const month = await top('poor', samples, undefined, '30d');
    expect(month.entries.map(({ agent, amount, ofMs }) => [agent.name, amount, ofMs])).toEqual([
      ['b', 50 * minute, hour + 25 * minute],
      ['a', 2 * minute, hour + 19 * minute],
    ]);
    expect(month.since).toBe(tenDaysAgo);
    expect(await top('poor', batchOf(), undefined, '30d')).toMatchObject({ nothingStored: false });
    const flapping = await top('flapping', samples, undefined, '30d');
    expect(flapping.since).toBe(now - 60 * minute);
    expect(topCard(flapping, aReader()).summary).toContain('Flapping');
    expect(JSON.stringify(topCard(flapping, aReader()))).toContain('seven days at the most');
  });

  it('tells nothing stored from nothing found', async () => {
    expect(await top('poor', batchOf())).toMatchObject({ entries: [], nothingStored: true });
    expect(await top('poor', batchOf(['a-1', 5, 'good']))).toMatchObject({
      entries: [],
      nothingStored: false,
    });
    expect((await top('offline', samples, presence([], {}))).nothingStored).toBe(true);
  });
});

it('reads once for all who ask meanwhile', async () => {
  let passes = 0;
  const tops = createTopReader({
    clock: fakeClock(now),
    fleets: { read: async () => ({ agents: [], takenAt: now, readAt: 0, skipped: 0 }) },
    store: {
      samples: {
        pages: async function* () {
          passes += 1;
          yield batchOf();
        },
      },
      rollUps: { visit: async () => {} },
      presence: { read: async () => presence([], {}) },
    },
  });
  const asked = { kind: 'poor', period: historyPeriod('24h', now) } as const;
  await Promise.all([tops.read('a', asked), tops.read('a', asked), tops.read('b', asked)]);
  expect(passes).toBe(2);
});
