import { expect, it } from 'vitest';
import {
  type Beginning,
  countCards,
  isGroup,
  isMuchWorse,
} from '../../../../src/features/alerting/domain/grouping.ts';

const minute = 60_000;
const problem = (agent: string, raisedAt: number): Beginning => ({
  id: `${agent}@${raisedAt}`,
  agent,
  raisedAt,
});
const [a, b, c] = [problem('a', 0), problem('b', 0), problem('c', 0)];

it.each([
  [[a, b], false],
  [[a, b, { ...b, id: 'b, another session' }], false],
  [[a, b, c], true],
])('%j share a card: %j', (problems, share) => {
  expect(isGroup(problems)).toBe(share);
});

it.each([
  [3, 5, false],
  [3, 6, true],
  [10, 19, false],
  [10, 20, true],
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
