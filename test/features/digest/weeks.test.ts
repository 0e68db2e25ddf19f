import { describe, expect, it } from 'vitest';
import { foldWeeks, weekEnd, weekMs } from '../../../src/features/digest/domain/weeks.ts';
import type { RolledHour } from '../../../src/features/history/domain/rolled-hour.ts';

const hour = 60 * 60_000;
const until = 20_000 * 24 * hour + 6 * hour;

interface Target {
  readonly before: number;
  readonly now: number;
  readonly poorNow?: number;
  readonly hoursNow?: number;
  readonly hoursBefore?: number;
}

const fold = (targets: Readonly<Record<string, Target>>, from = until - 2 * weekMs) => {
  const weeks = foldWeeks(until);
  for (const [name, target] of Object.entries(targets)) {
    const whose = { agentId: name, sessionId: `${name}-crm` };
    const { before, now, poorNow = 0, hoursNow = 20, hoursBefore = 20 } = target;
    const visit = (at: number, mean: number, poor = 0): void => {
      const rolled: RolledHour = { at, mean, lowest: mean, good: 60 - poor, fair: 0, poor };
      if (at >= from) weeks.visit(whose, rolled);
    };
    for (let place = 0; place < hoursBefore; place += 1)
      visit(until - 2 * weekMs + place * hour, before);
    for (let place = 1; place <= hoursNow; place += 1) visit(until - place * hour, now, poorNow);
  }
  return weeks.result();
};

describe('the comparison of two weeks', () => {
  it('adds up time in Poor and the mean score of each, and names who fell the most', () => {
    const result = fold({
      steady: { before: 90, now: 89 },
      down: { before: 95, now: 85, poorNow: 6 },
      deep: { before: 90, now: 45, poorNow: 30 },
      better: { before: 40, now: 90 },
      young: { before: 95, now: 20, hoursBefore: 0 },
      seldom: { before: 95, now: 20, hoursNow: 11 },
    });
    expect(result).toMatchObject({
      until,
      before: { poorShare: 0, mean: (90 + 95 + 90 + 40 + 95) / 5 },
      now: { poorShare: (20 * 36) / (111 * 60) },
      movers: [
        { agent: 'deep', session: 'deep-crm', before: 90, now: 45 },
        { agent: 'down', session: 'down-crm', before: 95, now: 85 },
      ],
    });
  });

  it.each([
    ['nothing is stored', {}, undefined, undefined],
    [
      'nothing of this week is',
      { a: { before: 90, now: 90, hoursNow: 0 } },
      undefined,
      until - 2 * weekMs,
    ],
    [
      'the store is younger than the week before',
      { a: { before: 90, now: 90, hoursBefore: 100 } },
      until - 2 * weekMs + 25 * hour,
      until - 2 * weekMs + 25 * hour,
    ],
  ] as const)('is none where %s', (_, targets, from, since) => {
    const result = fold(targets, from);
    expect(result).toEqual(since === undefined ? {} : { since });
  });

  it('ends with the last part of a day that is rolled up for sure', () => {
    expect(weekEnd(until + 29 * 60_000)).toBe(until - 6 * hour);
    expect(weekEnd(until + 30 * 60_000)).toBe(until);
  });
});
