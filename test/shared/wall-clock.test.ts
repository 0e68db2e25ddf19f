import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { nextTime, onDay, TimeOfDay, TimeZone } from '../../src/shared/time.ts';

const berlin = 'Europe/Berlin';
const iso = (ms: number): string | null => DateTime.fromMillis(ms).toUTC().toISO();
const at = (text: string): number => DateTime.fromISO(text, { zone: berlin }).toMillis();

describe('the next time', () => {
  it.each([
    ['later today', '2026-06-01T07:00', { time: '08:00' }, '2026-06-01T06:00:00.000Z'],
    ['tomorrow', '2026-06-01T08:00', { time: '08:00' }, '2026-06-02T06:00:00.000Z'],
    [
      'the next Monday',
      '2026-06-02T07:00',
      { time: '08:00', weekday: 1 },
      '2026-06-08T06:00:00.000Z',
    ],
    ['a week on', '2026-06-01T08:00', { time: '08:00', weekday: 1 }, '2026-06-08T06:00:00.000Z'],
    ['the same hour in winter', '2026-10-24T09:00', { time: '08:00' }, '2026-10-25T07:00:00.000Z'],
    [
      'an hour later where it is left out',
      '2026-03-28T09:00',
      { time: '02:30' },
      '2026-03-29T01:30:00.000Z',
    ],
    ['the first of two', '2026-10-24T09:00', { time: '02:30' }, '2026-10-25T00:30:00.000Z'],
  ])('is %s', (_, after, wanted, next) => {
    expect(iso(nextTime(wanted, berlin, at(after)))).toBe(next);
  });

  it('does not come a second time in the hour that is repeated', () => {
    const between = Date.parse('2026-10-25T01:10:00Z');
    expect(iso(nextTime({ time: '02:30' }, berlin, between))).toBe('2026-10-26T01:30:00.000Z');
  });
});

it('finds a time on a day', () => {
  const day = DateTime.fromISO('2026-06-01T12:34:56.789', { zone: berlin });
  expect(iso(onDay(day, '08:05'))).toBe('2026-06-01T06:05:00.000Z');
});

it.each(['24:00', '8:00', '08:60', '0800', ''])('%j is no time of day', (text) => {
  expect(TimeOfDay.safeParse(text).success).toBe(false);
});

it('knows time zones by name', () => {
  expect(TimeZone.safeParse('America/Boise').success).toBe(true);
  expect(TimeZone.safeParse('Mars/Olympus').success).toBe(false);
});
