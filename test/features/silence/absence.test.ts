import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { absenceOf } from '../../../src/features/silence/domain/absence.ts';
import {
  createCalendar,
  expectedTimesOfSet,
  expectedTimesOfWeek,
  hoursPerWeek,
  type SetHours,
} from '../../../src/features/silence/domain/hours.ts';

const berlin = 'Europe/Berlin';
const at = (local: string): number => DateTime.fromISO(local, { zone: berlin }).toMillis();
const local = (ms: number): string =>
  DateTime.fromMillis(ms, { zone: berlin }).toFormat('ccc HH:mm');

const office = new Uint8Array(hoursPerWeek);
for (let day = 0; day < 5; day += 1) office.fill(1, day * 24 + 8, day * 24 + 17);

const text = (week: Uint8Array, since: string, now: string): string => {
  const calendar = createCalendar(berlin, at(now));
  const absence = absenceOf(expectedTimesOfWeek(week, calendar, at(since)), at(since), at(now));
  if (absence.kind === 'usual') return `usual until ${local(absence.until)}`;
  return absence.from === undefined ? 'unusual' : `missing from ${local(absence.from)}`;
};

// 2026-11-27 is a Friday; summer time ended on 2026-10-25 and begins on 2027-03-28, both Sundays.
describe('an agent with office hours', () => {
  it.each([
    ['that leaves in the morning', '2026-11-26T10:00', '2026-11-26T10:02', 'unusual'],
    ['that leaves at the end', '2026-11-26T16:20', '2026-11-26T16:22', 'usual until Fri 08:45'],
    ['that leaves after it', '2026-11-26T19:00', '2026-11-26T19:02', 'usual until Fri 08:45'],
    ['that is away at night', '2026-11-26T17:00', '2026-11-27T03:00', 'usual until Fri 08:45'],
    ['that may still come', '2026-11-26T17:00', '2026-11-27T08:44', 'usual until Fri 08:45'],
    ['that did not come', '2026-11-26T17:00', '2026-11-27T08:45', 'missing from Fri 08:00'],
    [
      'that did not come and is muted until evening',
      '2026-11-26T17:00',
      '2026-11-27T20:00',
      'missing from Fri 08:00',
    ],
    [
      'that left in its hours and is looked at in the evening',
      '2026-11-26T11:00',
      '2026-11-26T20:00',
      'unusual',
    ],
    ['over a weekend', '2026-11-27T17:00', '2026-11-29T12:00', 'usual until Mon 08:45'],
    [
      'over the end of summer time',
      '2026-10-23T17:00',
      '2026-10-25T12:00',
      'usual until Mon 08:45',
    ],
    [
      'over the begin of summer time',
      '2027-03-26T17:00',
      '2027-03-28T12:00',
      'usual until Mon 08:45',
    ],
  ])('%s', (_, since, now, expected) => {
    expect(text(office, since, now)).toBe(expected);
  });

  it('whose only hours are short leaves in them, not at their end', () => {
    const short = new Uint8Array(hoursPerWeek).fill(1, 3 * 24 + 8, 3 * 24 + 9);
    expect(text(short, '2026-11-26T08:30', '2026-11-26T08:32')).toBe('unusual');
    expect(text(short, '2026-11-26T08:50', '2026-11-26T08:52')).toBe('usual until Thu 08:45');
  });

  it.each([
    [
      'that went again in the hour in which it comes',
      '2026-11-26T08:20',
      '2026-11-26T08:30',
      'usual until Thu 09:45',
    ],
    ['that did not come back', '2026-11-26T08:20', '2026-11-26T09:45', 'missing from Thu 09:00'],
    ['that went after it', '2026-11-26T09:05', '2026-11-26T09:07', 'unusual'],
    ['that did not come', '2026-11-25T17:00', '2026-11-26T08:45', 'missing from Thu 08:00'],
  ])('who comes between eight and nine, %s', (_, since, now, expected) => {
    const week = office.map((hour, at) => (at % 24 === 8 && hour === 1 ? 2 : hour));
    expect(text(week, since, now)).toBe(expected);
  });

  it('that leaves in the last hour of a day with a gap leaves at its end, and in the morning it does not', () => {
    const week = office.map((hour, at) => (at % 24 === 15 ? 0 : hour));
    expect(text(week, '2026-11-26T16:20', '2026-11-26T16:22')).toBe('usual until Fri 08:45');
    expect(text(week, '2026-11-26T10:00', '2026-11-26T10:02')).toBe('unusual');
    const apart = office.map((hour, at) => (at % 24 > 11 && at % 24 < 16 ? 0 : hour));
    expect(text(apart, '2026-11-26T16:20', '2026-11-26T16:22')).toBe('unusual');
  });

  it('that is expected at no time is away as usual', () => {
    const none = new Uint8Array(hoursPerWeek);
    expect(text(none, '2026-11-26T10:00', '2026-11-26T10:00')).toBe('usual until Fri 10:00');
  });
});

describe('hours that were set', () => {
  const nights: Extract<SetHours, { kind: 'ranges' }> = {
    kind: 'ranges',
    ranges: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' }],
    timeZone: berlin,
  };
  it.each([
    ['2026-11-27T02:00', '2026-11-27T02:02', 'unusual'],
    ['2026-11-27T12:00', '2026-11-27T22:44', 'usual'],
    ['2026-11-27T12:00', '2026-11-27T22:45', 'missing'],
    // The night that began on Friday.
    ['2026-11-28T03:00', '2026-11-28T03:02', 'unusual'],
    ['2026-11-29T03:00', '2026-11-29T03:02', 'usual'],
  ])('may go over midnight: gone at %s, now %s', (since, now, expected) => {
    const absence = absenceOf(expectedTimesOfSet(nights, at(now)), at(since), at(now));
    const missing = absence.kind === 'unusual' && absence.from !== undefined;
    expect(missing ? 'missing' : absence.kind).toBe(expected);
  });

  it('keep their length over a change of the clocks', () => {
    const stretches = expectedTimesOfSet(nights, at('2027-03-26T12:00'));
    const friday = stretches.find(({ from }) => from === at('2027-03-26T22:00'));
    expect(friday?.until).toBe(at('2027-03-27T06:00'));
  });
});

it('says "usual" until a time that is to come, and then never again for the same absence', () => {
  const week = fc.uint8Array({ minLength: hoursPerWeek, maxLength: hoursPerWeek, max: 1 });
  const hour = 60 * 60_000;
  const now = at('2026-11-26T12:00');
  fc.assert(
    fc.property(week, fc.integer({ min: 0, max: 48 * 4 }), (hours, ago) => {
      const since = now - ago * 15 * 60_000;
      const calendar = createCalendar(berlin, now);
      const of = (time: number) =>
        absenceOf(expectedTimesOfWeek(hours, calendar, since), since, time);
      const first = of(now);
      if (first.kind === 'unusual') return of(now + hour).kind === 'unusual';
      return first.until > now && (!hours.includes(1) || of(first.until).kind === 'unusual');
    }),
  );
});
