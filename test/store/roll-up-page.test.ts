import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  minutesOf,
  type RolledHour,
  rollUpHours,
} from '../../src/features/history/domain/rolled-hour.ts';
import { rollUpPage, visitRollUps } from '../../src/store/collections/roll-up-page.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const midnight = 20_000 * day;

type Day = Parameters<typeof rollUpPage>[1];

const read = (page: string): Day => {
  const found = new Map<string, Map<string, RolledHour[]>>();
  visitRollUps(
    page,
    midnight,
    (agentId, sessionId) => ({ agentId, sessionId }),
    ({ agentId, sessionId }, rolled) => {
      const ofAgent = found.get(agentId) ?? new Map<string, RolledHour[]>();
      found.set(agentId, ofAgent);
      ofAgent.set(sessionId, [...(ofAgent.get(sessionId) ?? []), { ...rolled }]);
    },
  );
  return found;
};

const id = fc.oneof(
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('\ud800', '"', '\\', '\u0000'), maxLength: 4 }),
);
const samples = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: day - 1 }).map((ms) => midnight + ms),
    word: fc.integer({ min: 0, max: 3 }),
    score: fc.oneof(
      fc.constant(Number.NaN),
      fc.double({ min: -10, max: 110, noNaN: true }),
      fc.integer({ min: 0, max: 100 }),
    ),
  }),
  { maxLength: 40 },
);

const columns = (some: readonly { at: number; word: number; score: number }[]) => {
  const sorted = some.toSorted((a, b) => a.at - b.at);
  return {
    times: sorted.map(({ at }) => at),
    words: sorted.map(({ word }) => word),
    scores: sorted.map(({ score }) => score),
  };
};

it('holds the hours of any samples, and gives them back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id, samples), { maxLength: 5 }), (sessions) => {
      const written = new Map<string, Map<string, readonly RolledHour[]>>();
      for (const [agentId, sessionId, some] of sessions) {
        const hours = rollUpHours(columns(some));
        for (const rolled of hours) {
          expect(minutesOf(rolled)).toBeGreaterThan(0);
          expect(minutesOf(rolled)).toBeLessThanOrEqual(60);
          expect(rolled.at % hour).toBe(0);
        }
        if (hours.length === 0) continue;
        written.set(agentId, (written.get(agentId) ?? new Map()).set(sessionId, hours));
      }
      expect(read(rollUpPage(midnight, written))).toEqual(written);
    }),
    {
      numRuns: 100,
      examples: [
        [
          [
            [
              '',
              'one',
              [
                { at: midnight, word: 0, score: 0 },
                { at: midnight, word: 0, score: Number.NaN },
              ],
            ],
          ],
        ],
      ],
    },
  );
});

it('refuses what is cut off or no such page, and never goes on for ever', () => {
  const hours = rollUpHours(columns([{ at: midnight, word: 0, score: 90 }]));
  const page = rollUpPage(midnight, new Map([['a', new Map([['s', hours]])]]));
  const bytes = Buffer.from(page, 'base64');
  for (let length = 0; length < bytes.length; length += 1)
    expect(() => read(bytes.subarray(0, length).toString('base64'))).toThrow(RangeError);
  for (const other of ['', 'AAAA', Buffer.concat([bytes, bytes]).toString('base64')])
    expect(() => read(other)).toThrow(RangeError);
});

it.each([
  ['mostly Good', (at: number) => (at % 97 === 0 ? 40 : 90 + (at % 7)), 10],
  ['of all words in every hour', (at: number) => [95, 70, 20][at % 3] ?? 0, 10],
])('takes at most ten bytes a session and hour: %s', (_, scoreAt, most) => {
  const uuidOf = (place: number) => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const times = Array.from({ length: 24 * 60 }, (_, at) => midnight + at * 60_000);
  const sessions = 100;
  // One session each: no agent's id serves several.
  const dayOf = new Map(
    Array.from({ length: sessions }, (_, place) => {
      const scores = times.map((_, at) => scoreAt(at + place));
      const words = scores.map((score) => (score < 50 ? 2 : score < 80 ? 1 : 0));
      const hours = rollUpHours({ times, words, scores });
      return [uuidOf(place), new Map([[uuidOf(place + sessions), hours]])] as const;
    }),
  );
  const bytes = rollUpPage(midnight, dayOf).length / (sessions * 24);
  expect(read(rollUpPage(midnight, dayOf))).toEqual(dayOf);
  expect(bytes).toBeLessThanOrEqual(most);
});
