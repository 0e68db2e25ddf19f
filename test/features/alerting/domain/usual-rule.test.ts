import { describe, expect, it } from 'vitest';
import type { AlertState } from '../../../../src/features/alerting/domain/alert-state.ts';
import { foldBacktest } from '../../../../src/features/alerting/domain/backtest.ts';
import {
  isStillGood,
  type QualityRule,
  stepQuality,
} from '../../../../src/features/alerting/domain/quality-rule.ts';
import type { UsualScore } from '../../../../src/features/history/domain/usual-score.ts';
import { minute, sampleOf } from './a-story.ts';

const rule: QualityRule = { quality: { worseThan: 'usual' }, pollSeconds: 60 };
const usual: UsualScore = { score: 92, worse: 82, days: 9 };

/** One score a minute, each beside what is usual then. */
const tell = (
  samples: readonly (readonly [score: number | 'nothing', usual?: UsualScore])[],
  start?: AlertState,
) => {
  const events: string[] = [];
  let state = start;
  for (const [score, known] of samples) {
    const at = (state?.at ?? 0) + minute;
    const step = stepQuality(rule, state, { ...sampleOf(score, at), usual: known }, at);
    state = step.state;
    if (step.event !== undefined) events.push(step.event.kind);
  }
  return { state, events };
};

describe('worse than usual', () => {
  it.each<[string, Parameters<typeof tell>[0], readonly string[]]>([
    [
      'raises at two scores in a row that are as far below',
      [
        [90, usual],
        [82, usual],
        [71, usual],
      ],
      ['raised'],
    ],
    [
      'does not raise above that',
      [
        [90, usual],
        [83, usual],
        [83, usual],
      ],
      [],
    ],
    ['does not raise where nobody knows what is usual', [[90, usual], [20], [20], [20]], []],
    [
      'takes the word for nothing',
      [
        [90, usual],
        ['nothing', usual],
        ['nothing', usual],
      ],
      [],
    ],
    [
      'clears at two scores that are clearly above',
      [
        [90, usual],
        [71, usual],
        [71, usual],
        [87, usual],
        [87, usual],
      ],
      ['raised', 'cleared'],
    ],
    [
      'does not clear in between',
      [
        [90, usual],
        [71, usual],
        [71, usual],
        [86, usual],
        [86, usual],
      ],
      ['raised'],
    ],
    [
      'is no news where it is usual',
      [
        [40, { score: 45, worse: 35, days: 9 }],
        [40, { score: 45, worse: 35, days: 9 }],
      ],
      [],
    ],
    [
      'ends, at an hour of which nobody knows, by what was usual when it began',
      [[90, usual], [71, usual], [71, usual], [60], [90], [90]],
      ['raised', 'cleared'],
    ],
  ])('%s', (_, samples, expected) => {
    expect(tell(samples).events).toEqual(expected);
  });

  it('says beside the score what is usual, and nothing of it once it is not worse', () => {
    const { state } = tell([
      [90, usual],
      [71, usual],
      [71, usual],
    ]);
    expect(state?.problem?.told).toEqual({
      word: 'good',
      score: 71,
      usual: { score: 92, worse: 82 },
    });
    expect(tell([[90, usual]]).state?.lastGood).toEqual({ word: 'good', score: 90 });
  });

  it('goes on cheaply while all is as usual, but not where that is unknown', () => {
    const { state } = tell(Array.from({ length: 30 }, () => [90, usual] as const));
    if (state === undefined) throw new Error('it has no state');
    const at = state.at + minute;
    expect(isStillGood(rule, state, { ...sampleOf(90, at), usual }, at)).toBe(true);
    expect(isStillGood(rule, state, sampleOf(90, at), at)).toBe(false);
  });

  it('is in no backtest of samples', () => {
    const fold = foldBacktest({ quality: { worseThan: 'usual' } }, 60);
    fold.add([{ agentId: 'a', sessionId: 's', at: minute, word: 'poor', score: 5 }]);
    expect([fold.begin(), fold.result().problems]).toEqual([undefined, 0]);
  });
});
