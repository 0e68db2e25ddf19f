import { describe, expect, it } from 'vitest';
import { summarizeScores } from '../../../src/features/history/domain/score-summary.ts';
import type { QualityWord } from '../../../src/platform/agent.ts';

const minute = 60_000;
const from = Date.parse('2026-11-23T10:00:00Z');
const until = from + 60 * minute;
type Given = readonly [minutes: number, word: QualityWord, score?: number];
const of = (...samples: readonly Given[]) =>
  summarizeScores(
    samples.map(([minutes, word, score]) => ({
      agentId: 'a',
      sessionId: 's',
      at: from + minutes * minute,
      word,
      score,
    })),
    { from, until },
  );

describe('stored scores', () => {
  it('weigh by the time up to the next sample, at most a quarter of an hour', () => {
    const sums = of([0, 'good', 90], [10, 'poor', 30], [15, 'good', 90], [40, 'fair', 60]);
    expect(sums).toMatchObject({
      lowest: 30,
      poorMs: 5 * minute,
      fairMs: 15 * minute,
      measuredMs: 45 * minute,
      changes: 3,
    });
    expect(sums.mean).toBeCloseTo((90 * 25 + 30 * 5 + 60 * 15) / 45);
  });

  it.each<[string, readonly Given[], readonly (readonly [number, number])[]]>([
    ['none', [[0, 'good', 90]], []],
    [
      'up to the next word',
      [
        [5, 'poor'],
        [10, 'poor'],
        [12, 'good'],
      ],
      [[5, 12]],
    ],
    [
      'not over time that nobody measured',
      [
        [0, 'poor'],
        [40, 'poor'],
        [45, 'good'],
      ],
      [
        [0, 15],
        [40, 45],
      ],
    ],
    ['up to now', [[58, 'poor']], [[58, 60]]],
    [
      'within the period',
      [
        [-5, 'poor'],
        [61, 'poor'],
      ],
      [],
    ],
  ])('have runs of Poor: %s', (_name, samples, expected) => {
    expect(
      of(...samples).poorRuns.map((run) => [
        (run.from - from) / minute,
        (run.until - from) / minute,
      ]),
    ).toEqual(expected);
  });

  it('say nothing of nothing', () => {
    const sums = of([0, 'unknown']);
    expect([sums.mean, sums.lowest, sums.measuredMs]).toEqual([undefined, undefined, 0]);
  });
});
