import { expect, it } from 'vitest';
import { badSince } from '../../../../src/features/history/domain/bad-since.ts';
import type { QualityWord } from '../../../../src/platform/agent.ts';
import { aReading, aSession } from '../../fleet/an-agent.ts';

const minute = 60_000;
const now = 1000 * minute;

const session = (id: string, word: QualityWord, more: object = {}) =>
  aSession({ id, readings: [aReading({ word, measuredAt: now })], ...more });

/** One sample a minute up to now, oldest first. */
const samples = (sessionId: string, words: readonly (QualityWord | '')[]) =>
  words.flatMap((word, index) =>
    word === ''
      ? []
      : [{ agentId: 'a', sessionId, at: now - (words.length - index) * minute, word }],
  );

const bad = (count: number, word: QualityWord) => Array.from({ length: count }, () => word);
const none = Array.from({ length: 40 }, () => '' as const);

it.each([
  [
    'begins with the first sample that is as bad',
    ['good', ...bad(3, 'poor')],
    { at: now - 3 * minute, orBefore: false },
  ],
  [
    'does not begin while it was only Fair',
    ['fair', 'fair', 'poor'],
    { at: now - minute, orBefore: false },
  ],
  [
    'may have begun before the first sample',
    bad(5, 'poor'),
    { at: now - 5 * minute, orBefore: true },
  ],
  [
    'may have begun in a gap',
    ['poor', ...none, 'poor', 'poor'],
    { at: now - 2 * minute, orBefore: true },
  ],
  ['is not known without a sample of now', ['poor', ...none], undefined],
  ['is not known where the last sample was good', ['poor', 'good'], undefined],
  ['is not known without samples', [], undefined],
] as const)('what is bad %s', (_case, words, expected) => {
  expect(badSince([session('s', 'poor')], samples('s', words), now)).toEqual(expected);
});

it('is the earliest of the sessions that are worst now', () => {
  const sessions = [session('s', 'poor'), session('t', 'poor'), session('u', 'fair')];
  const all = [
    ...samples('s', ['good', ...bad(2, 'poor')]),
    ...samples('t', ['good', ...bad(7, 'poor')]),
    ...samples('u', ['good', ...bad(20, 'fair')]),
  ];
  expect(badSince(sessions, all, now)).toEqual({ at: now - 7 * minute, orBefore: false });
});

it.each([
  ['is good', [session('s', 'good')]],
  ['is old', [session('s', 'poor', { stale: true })]],
  ['is paused', [session('s', 'poor', { state: 'paused' })]],
])('is nothing where all that is measured %s', (_case, sessions) => {
  expect(badSince(sessions, samples('s', bad(3, 'poor')), now)).toBeUndefined();
});
