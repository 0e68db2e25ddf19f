import { describe, expect, it } from 'vitest';
import {
  bySession,
  foldQualityTimes,
} from '../../../../src/features/history/domain/quality-time.ts';
import type { Sample } from '../../../../src/features/history/store.ts';
import type { QualityWord } from '../../../../src/platform/agent.ts';

const minute = 60_000;
const sample = (
  sessionId: string,
  atMinute: number,
  word: QualityWord,
  score?: number,
): Sample => ({
  agentId: 'lax',
  sessionId,
  at: atMinute * minute,
  word,
  ...(score === undefined ? {} : { score }),
});

const qualityTimes = (samples: readonly Sample[], until: number) => {
  const fold = foldQualityTimes();
  fold.add(samples);
  return fold.times(until);
};

describe('time by quality', () => {
  it('lasts from one sample to the next, and from the last to the end', () => {
    const samples = [
      sample('crm', 0, 'good', 92),
      sample('crm', 2, 'poor', 41),
      sample('crm', 5, 'fair', 60),
      sample('crm', 6, 'unknown'),
      sample('crm', 7, 'poor', 45),
    ];
    expect(qualityTimes(samples, 10 * minute)).toEqual([
      {
        agent: 'lax',
        session: 'crm',
        poorMs: 6 * minute,
        fairMs: minute,
        measuredMs: 9 * minute,
        lowestScore: 41,
      },
    ]);
  });

  it('does not stretch a sample over a time without any', () => {
    const [time] = qualityTimes(
      [sample('crm', 0, 'poor'), sample('crm', 600, 'good')],
      600 * minute,
    );
    expect(time).toEqual({
      agent: 'lax',
      session: 'crm',
      poorMs: 15 * minute,
      fairMs: 0,
      measuredMs: 15 * minute,
    });
  });

  it('sorts the worst first, by Poor, then by Fair', () => {
    const samples = [
      sample('good', 0, 'good'),
      sample('fair', 0, 'fair'),
      sample('poor', 0, 'poor'),
      sample('both', 0, 'fair'),
      sample('both', 1, 'poor'),
    ];
    const order = qualityTimes(samples, 2 * minute).map(({ session }) => session);
    expect(order).toEqual(['poor', 'both', 'fair', 'good']);
  });
});

it('keeps the sessions of two agents apart', () => {
  const samples = [sample('s', 0, 'good'), { ...sample('s', 0, 'good'), agentId: 'bos' }];
  expect(bySession(samples).size).toBe(2);
});
