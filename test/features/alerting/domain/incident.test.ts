import { describe, expect, it } from 'vitest';
import {
  countCards,
  groupProblems,
  groupWindowMs,
  isMuchWorse,
  type Problem,
} from '../../../../src/features/alerting/domain/grouping.ts';

const minute = 60_000;
const problem = (agent: string, raisedAt: number, group?: string): Problem => ({
  id: `${agent}@${raisedAt}`,
  agent,
  raisedAt,
  ...(group === undefined ? {} : { group }),
});
const [a, b, c] = [problem('a', 0), problem('b', 0), problem('c', 0)];

describe('problems that were just raised', () => {
  it('stand alone when they are two', () => {
    expect(groupProblems([], [a, b], minute, 0)).toEqual({ kind: 'alone' });
  });

  it('stand alone when they are of two agents only', () => {
    const second = { ...b, id: 'b, another session' };
    expect(groupProblems([], [a, b, second], minute, 0)).toEqual({ kind: 'alone' });
  });

  it('found a group from three agents on', () => {
    expect(groupProblems([], [a, b, c], minute, 0)).toEqual({ kind: 'group', members: [a, b, c] });
  });

  it('take those along that were notified alone a moment ago', () => {
    const late = problem('c', minute);
    const placed = groupProblems([a, b], [late], minute, minute);
    expect(placed).toEqual({ kind: 'group', members: [a, b, late] });
  });

  it('leave those alone that were notified long ago', () => {
    const late = problem('c', minute + 1);
    expect(groupProblems([a, b], [late], minute, minute + 1)).toEqual({ kind: 'alone' });
  });

  it('join the group that was just founded', () => {
    const open = [problem('a', 0, 'g'), problem('b', 0, 'g'), problem('c', 0, 'g')];
    const late = problem('d', minute);
    const placed = groupProblems(open, [late], minute, minute);
    expect(placed).toEqual({ kind: 'group', group: 'g', members: [late] });
  });

  it('do not join a group of old', () => {
    const late = problem('d', 10 * minute);
    expect(groupProblems([problem('a', 0, 'g')], [late], minute, 10 * minute)).toEqual({
      kind: 'alone',
    });
  });
});

it.each([
  [60, 120_000],
  [5, 65_000],
  [3600, 120_000],
])('at one poll in %i s problems belong together within %i ms', (pollSeconds, ms) => {
  expect(groupWindowMs(pollSeconds)).toBe(ms);
});

it.each([
  [3, 5, false],
  [3, 6, true],
  [10, 13, false],
  [10, 15, true],
  [10, 4, false],
])('a group posted with %i open is much worse with %i: %j', (posted, open, worse) => {
  expect(isMuchWorse(posted, open)).toBe(worse);
});

it.each([
  [[], 0],
  [[a], 1],
  [[a, b], 2],
  [[c, a, b], 1],
  [[a, b, problem('c', minute)], 1],
  [[a, b, problem('c', minute + 1)], 3],
  [[a, b, c, problem('a', 9 * minute)], 2],
])('%j make %i cards', (problems, cards) => {
  expect(countCards(problems, minute)).toBe(cards);
});
