import { describe, expect, it } from 'vitest';
import { requireDuration, requireEnd, requireSpan, splitSpan } from '../../src/chat/typed-time.ts';
import { refusalOf as readRefusal } from '../fakes/refusals.ts';

/** Monday, 13:00 in Berlin. */
const at = { now: Date.parse('2026-11-23T12:00:00Z'), timeZone: 'Europe/Berlin' };

const refusalOf = (act: () => unknown): string | undefined => readRefusal(act)?.sentence;

describe('a moment that is meant', () => {
  it.each([
    ['for', '2h', '2026-11-23T14:00Z'],
    ['until', '08:00', '2026-11-24T07:00Z'],
    ['until', 'mon 14:00', '2026-11-23T13:00Z'],
    ['until', '2026-12-01 08:00', '2026-12-01T07:00Z'],
  ] as const)('%s %s', (kind, text, end) => {
    expect(requireEnd({ kind, text }, at)).toBe(Date.parse(end));
  });

  it.each([
    ['for', '0h', 'is no duration'],
    ['for', '400d', 'At most a year'],
    ['until', '2026-11-22 08:00', 'is past'],
    ['until', '2029-01-01 08:00', 'more than a year away'],
  ] as const)('%s %s is refused', (kind, text, sentence) => {
    expect(refusalOf(() => requireEnd({ kind, text }, at))).toContain(sentence);
  });

  it('is a duration of at most a year', () => {
    expect(requireDuration('366d')).toBe(366 * 86_400_000);
  });
});

describe('a span that is meant', () => {
  it.each([
    ['22:00', '06:00', '2026-11-23T21:00Z', '2026-11-24T05:00Z'],
    ['now', '14:00', '2026-11-23T12:00Z', '2026-11-23T13:00Z'],
    ['NOW', '2027-11-01 08:00', '2026-11-23T12:00Z', '2027-11-01T07:00Z'],
    // The clocks go back that night: 22:00 to 06:00 are nine hours.
    ['2027-10-30 22:00', '06:00', '2027-10-30T20:00Z', '2027-10-31T05:00Z'],
  ])('from %s to %s', (from, to, begin, end) => {
    expect(requireSpan({ from, to }, at)).toEqual({
      from: Date.parse(begin),
      until: Date.parse(end),
    });
  });

  it.each([
    ['now', '2029-01-01 08:00', 'At most'],
    ['2026-12-02 08:00', '2026-12-01 08:00', 'is not after'],
  ])('from %s to %s is refused', (from, to, sentence) => {
    expect(refusalOf(() => requireSpan({ from, to }, at))).toContain(sentence);
  });
});

describe('a span in what was typed', () => {
  it.each([
    ['lax from 22:00 to 23:00', 'lax', '22:00', '23:00'],
    ['lax from now until mon 06:00', 'lax', 'now', 'mon 06:00'],
    ['from here to there from 22:00 to 23:00', 'from here to there', '22:00', '23:00'],
    ['"from 1:00 to 2:00" from 22:00 to 23:00', '"from 1:00 to 2:00"', '22:00', '23:00'],
    ['FROM 22:00 TO 23:00', '', '22:00', '23:00'],
  ])('“%s”', (typed, rest, from, to) => {
    expect(splitSpan(typed)).toEqual({ rest, from, to });
  });

  it.each(['lax', 'lax from 22:00', 'lax from noon to midnight', 'lax to 23:00 from 22:00', ''])(
    'is nothing in “%s”',
    (typed) => {
      expect(splitSpan(typed)).toBeUndefined();
    },
  );
});
