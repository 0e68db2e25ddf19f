import { describe, expect, it } from 'vitest';
import {
  dayMs,
  hourMs,
  type RolledHour,
} from '../../../src/features/history/domain/rolled-hour.ts';
import { usualScore } from '../../../src/features/history/domain/usual-score.ts';
import { createUsualScores } from '../../../src/features/history/usual-scores.ts';

describe('the usual score', () => {
  it.each<[string, readonly number[], ReturnType<typeof usualScore>]>([
    ['is unknown of four days', [90, 90, 90, 90], undefined],
    ['is the median of five', [90, 92, 20, 94, 92], { score: 92, worse: 82, days: 5 }],
    [
      'is in the middle of an even number',
      [80, 90, 90, 92, 92, 99],
      { score: 91, worse: 81, days: 6 },
    ],
    [
      'lets a steady target fall by ten points at the least',
      [70, 70, 70, 70, 70],
      { score: 70, worse: 60, days: 5 },
    ],
  ])('%s', (_, means, expected) => {
    expect(usualScore(means)).toEqual(expected);
  });

  it('lets what goes up and down fall three of its spreads', () => {
    const usual = usualScore([60, 70, 80, 90, 100]);
    expect(usual?.score).toBe(80);
    expect(usual?.worse).toBeCloseTo(80 - 3 * 1.4826 * 10);
  });
});

const hour = 20_000 * dayMs + 14 * hourMs;
const now = hour + 20 * 60_000;
const rolled = (daysAgo: number, changes: Partial<RolledHour> = {}): RolledHour => ({
  ...{ at: hour - daysAgo * dayMs, mean: 90, lowest: 80, good: 60, fair: 0, poor: 0 },
  ...changes,
});

const scoresOf = (hours: readonly RolledHour[]) => {
  const asked: { readonly from: number; readonly until: number; readonly account: string }[] = [];
  const faults: Error[] = [];
  const usual = createUsualScores({
    store: {
      rollUps: {
        visit: async (account, { from, until }, visit) => {
          asked.push({ account, from, until });
          const fault = faults.pop();
          if (fault !== undefined) throw fault;
          for (const one of hours)
            if (one.at >= from && one.at < until) visit({ agentId: 'a', sessionId: 's' }, one);
        },
      },
    },
  });
  return { asked, faults, usual };
};

describe('usual scores', () => {
  it('are of the same hour of the last fourteen days, where a quarter of it was measured', async () => {
    const { usual, asked } = scoresOf([
      ...[1, 2, 3, 4, 14].map((days) => rolled(days)),
      rolled(15, { mean: 10 }),
      rolled(5, { mean: Number.NaN }),
      rolled(6, { mean: 10, good: 14 }),
      rolled(7, { mean: 10, at: hour - 7 * dayMs + hourMs }),
    ]);
    const of = await usual.at('default', now);
    expect(of('s')).toEqual({ score: 90, worse: 80, days: 5 });
    expect(of('other')).toBeUndefined();
    expect(asked).toEqual([{ account: 'default', from: hour - 14 * dayMs, until: hour }]);
  });

  it('are read once an hour for everybody, by account, and again after a failure', async () => {
    const { usual, asked, faults } = scoresOf([]);
    await Promise.all([usual.at('a', now), usual.at('a', now + 60_000), usual.at('b', now)]);
    await usual.at('a', hour + hourMs - 1);
    expect(asked.map(({ account }) => account)).toEqual(['a', 'b']);
    faults.push(new Error('the store is down'));
    await expect(usual.at('a', hour + hourMs)).rejects.toThrow('the store is down');
    await usual.at('a', hour + hourMs);
    expect(asked).toHaveLength(4);
  });
});
