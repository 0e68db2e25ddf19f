import { DateTime } from 'luxon';
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

/** Where the clocks go forward, and the night in which they do, at 12:00 in UTC of the day before. */
const springs = [
  ['Europe/Berlin', '2027-03-27', '02:00', '03:00'],
  ['Europe/London', '2027-03-27', '01:00', '02:00'],
  ['America/New_York', '2027-03-13', '02:00', '03:00'],
  ['America/Los_Angeles', '2027-03-13', '02:00', '03:00'],
  ['America/St_Johns', '2027-03-13', '02:00', '03:00'],
  ['America/Havana', '2027-03-13', '00:00', '01:00'],
  ['Australia/Sydney', '2027-10-02', '02:00', '03:00'],
  ['Australia/Lord_Howe', '2027-10-02', '02:00', '02:30'],
  ['Pacific/Auckland', '2027-09-25', '02:00', '03:00'],
] as const;

describe('G5: both ends of a span are read together', () => {
  it.each(springs)('in %s, over the spring change after %s', (timeZone, day, from, to) => {
    const zoned = (hour: number): number =>
      DateTime.fromISO(day, { zone: timeZone }).set({ hour }).toMillis();
    const longest = (to === '02:30' ? 30 : 60) * 60_000;
    for (const [begin, end] of [
      [from, to],
      [`sun ${from}`, `sun ${to}`],
      [`tomorrow ${from}`, `tomorrow ${to}`],
      [from, `sun ${to}`],
    ] as const) {
      const span = requireSpan({ from: begin, to: end }, { now: zoned(20), timeZone });
      expect(span.until - span.from).toBeGreaterThan(0);
      expect(span.until - span.from).toBeLessThanOrEqual(longest);
    }
  });

  it.each([
    ['01:00', '04:00', 2],
    ['22:00', '06:00', 7],
    ['sun 02:30', 'sun 03:15', 0.75],
    ['2027-03-28 02:00', '2027-03-28 03:00', 1],
    ['sat 22:00', 'sun 22:00', 23],
    ['sun 03:00', 'sun 02:00', 7 * 24 - 1],
  ])('from %s to %s that night in Berlin takes %s hours', (from, to, hours) => {
    const now = Date.parse('2027-03-27T12:00:00Z');
    const span = requireSpan({ from, to }, { now, timeZone: 'Europe/Berlin' });
    expect((span.until - span.from) / 3_600_000).toBe(hours);
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
