import { describe, expect, it } from 'vitest';
import type { AlertState } from '../../../../src/features/alerting/domain/alert-state.ts';
import {
  type LimitRule,
  newestBucket,
  stepLimits,
} from '../../../../src/features/alerting/domain/limit-rule.ts';
import { bucketMs, type TracePoint } from '../../../../src/platform/trace.ts';

const minute = 60_000;
const start = Date.parse('2026-11-23T12:00:00Z');
const rule: LimitRule = { limits: { latency: 150, loss: 2 }, pollSeconds: 60 };
const fine: TracePoint = { at: 0, sent: 100, lost: 0, latencyMs: 40, jitterMs: 3 };
const slow = { ...fine, latencyMs: 182.4 };
const nothing = undefined;

/** One poll a minute; each reads the bucket that runs then, unless it says when its bucket began. */
const play = (buckets: readonly (Partial<TracePoint> | undefined)[], with_: LimitRule = rule) => {
  let state: AlertState | undefined;
  const kinds: string[] = [];
  for (const [index, read] of buckets.entries()) {
    const now = start + index * minute;
    if (read === undefined) continue;
    const at = Math.floor(now / bucketMs) * bucketMs;
    const bucket = { ...fine, ...read, at: read.at === undefined || read.at === 0 ? at : read.at };
    const step = stepLimits(with_, state, { bucket, scored: { word: 'good', score: 95 } }, now);
    state = step.state;
    if (step.event !== undefined) kinds.push(`${index} ${step.event.kind}`);
  }
  return { kinds, state };
};

it.each<[string, readonly (Partial<TracePoint> | undefined)[], readonly string[]]>([
  ['one alone', [fine, slow, fine, fine], []],
  ['two in a row', [slow, slow, fine, fine], ['1 raised', '3 cleared']],
  ['one good between', [fine, slow, slow, fine, slow, fine, fine], ['2 raised', '6 cleared']],
  ['loss alone', [fine, { lost: 3 }, { lost: 3 }], ['2 raised']],
  [
    'all packets lost, which have no latency',
    [fine, ...Array(2).fill({ sent: 9, lost: 9 })],
    ['2 raised'],
  ],
  ['as much as the limit', [{ lost: 2 }, { latencyMs: 150 }, { lost: 2 }], []],
  ['jitter, of which nothing is asked', [{ jitterMs: 90 }, { jitterMs: 90 }], []],
  ['nothing read in between', [slow, nothing, nothing, slow], ['3 raised']],
  [
    'a bucket that ended long ago',
    [fine, ...Array(5).fill({ latencyMs: 182, at: start - 15 * minute })],
    [],
  ],
])('%s', (_, buckets, kinds) => {
  expect(play(buckets).kinds).toEqual(kinds);
});

it('waits as long as the watch says', () => {
  const patient = { ...rule, afterMs: 3 * minute };
  expect(play([slow, slow, slow, slow], patient).kinds).toEqual(['3 raised']);
});

it('learns nothing of latency from packets that were all lost', () => {
  const lost = { sent: 5, lost: 5, latencyMs: undefined };
  const { latencyMs: _, ...bucket } = { ...fine, ...lost, at: start };
  const sample = { bucket, scored: { word: 'unknown' as const } };
  expect(stepLimits({ ...rule, limits: { latency: 150 } }, undefined, sample, start)).toEqual({
    state: undefined,
  });
});

describe('a bad bucket', () => {
  const { state } = play([fine, slow]);
  const now = start + 2 * minute;
  const sample = { bucket: { ...slow, at: start }, scored: { word: 'good', score: 95 } as const };
  const over = [{ what: 'latency', value: 182.4, limit: 150 }];

  it('shows the value and its limit, and the score only where that is Poor', () => {
    expect(stepLimits(rule, state, sample, now).shown).toEqual({ word: 'unknown', over });
    const poor = { word: 'poor', score: 41 } as const;
    expect(stepLimits(rule, state, { ...sample, scored: poor }, now).shown).toEqual({
      ...poor,
      over,
    });
  });

  it.each<[string, object, number]>([
    ["is the bot's own doing", { expected: true }, now],
    [
      'was measured before the agent came back',
      { bucket: { ...slow, at: start - bucketMs }, onlineSince: start + minute },
      now,
    ],
  ])('teaches nothing when it %s', (_, more, at) => {
    expect(stepLimits(rule, state, { ...sample, ...more }, at)).toEqual({ state });
  });

  it('does not count twice when a poll comes early', () => {
    expect(stepLimits(rule, state, sample, now - 40_000).event).toBeUndefined();
  });
});

it('takes the newest bucket that has packets, the running one too', () => {
  const at = (n: number, sent: number): TracePoint => ({ at: n * bucketMs, sent, lost: 0 });
  expect(newestBucket([at(1, 9), at(2, 3), at(3, 0)])).toEqual(at(2, 3));
  expect(newestBucket([at(1, 9), at(2, 1)])).toEqual(at(2, 1));
  expect(newestBucket([at(1, 0)])).toBeUndefined();
});
