import { describe, expect, it } from 'vitest';
import { askedHour, fitGuess } from '../../../src/features/connection/domain/fit-guess.ts';
import type { RolledHour } from '../../../src/features/history/domain/rolled-hour.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** A Monday. */
const now = Date.parse('2026-11-23T12:20:00Z');
const at = (time: string): number => Date.parse(time);

describe('the hour that is asked for', () => {
  it.each([
    [
      'a working day',
      '2026-11-23T14:30:00Z',
      'UTC',
      '2026-11-23T14:00:00Z',
      false,
      20,
      '2026-11-20T14:00:00Z',
    ],
    [
      'a weekend',
      '2026-11-28T14:00:00Z',
      'UTC',
      '2026-11-28T14:00:00Z',
      true,
      8,
      '2026-11-22T14:00:00Z',
    ],
    [
      'Sunday by the asker’s clocks',
      '2026-11-29T23:00:00Z',
      'Asia/Tokyo',
      '2026-11-29T23:00:00Z',
      false,
      20,
      '2026-11-22T23:00:00Z',
    ],
    [
      'an old card',
      '2026-11-23T10:00:00Z',
      'UTC',
      '2026-11-24T10:00:00Z',
      false,
      20,
      '2026-11-23T10:00:00Z',
    ],
    [
      'a zone that nobody knows',
      '2026-11-23T14:00:00Z',
      '',
      '2026-11-23T14:00:00Z',
      false,
      20,
      '2026-11-20T14:00:00Z',
    ],
    [
      'behind the change of the clocks',
      '2026-11-23T14:00:00Z',
      'America/Boise',
      '2026-11-23T14:00:00Z',
      false,
      20,
      '2026-11-20T14:00:00Z',
    ],
  ])('on %s', (_, asked, timeZone, begins, weekend, days, newest) => {
    const found = askedHour(at(asked), { now, timeZone });
    expect([found.hour, found.weekend, found.before.size]).toEqual([at(begins), weekend, days]);
    expect(Math.max(...found.before)).toBe(at(newest));
  });

  it('goes by the clocks, not by so many times 24 hours', () => {
    const { before } = askedHour(at('2026-11-03T15:00:00Z'), {
      now: at('2026-11-03T12:00:00Z'),
      timeZone: 'America/Boise',
    });
    expect(before.has(at('2026-11-02T15:00:00Z'))).toBe(true);
    expect(before.has(at('2026-10-30T14:00:00Z'))).toBe(true);
  });
});

const of = (...days: readonly Partial<RolledHour>[]): readonly RolledHour[] =>
  days.map((one, place) => ({
    ...{ at: now - place * day, mean: 90, lowest: 80, good: 60, fair: 0, poor: 0 },
    ...one,
  }));
const fine = {};
const poor = { good: 55, poor: 5 };

describe('a guess', () => {
  it.each([
    ['needs five days', of(fine, fine, fine, fine), { word: 'unknown', days: 4 }],
    [
      'counts no hour of a few minutes',
      of(fine, fine, fine, fine, { good: 14 }),
      { word: 'unknown', days: 4 },
    ],
    [
      'is fit where nearly all days were',
      of(...Array.from({ length: 9 }, () => fine), poor),
      { word: 'fit', days: 10, fit: 9 },
    ],
    [
      'is not sure where some were not',
      of(fine, fine, fine, fine, poor),
      { word: 'mixed', days: 5, fit: 4 },
    ],
    ['is unfit where half of them were', of(fine, fine, poor, poor), { word: 'unknown' }],
    ['is unfit where most were', of(fine, fine, poor, poor, poor), { word: 'unfit', fit: 2 }],
    [
      'says where calls may have stuttered',
      of(fine, fine, fine, fine, { good: 45, fair: 15 }),
      { word: 'fit', fit: 5, stuttered: 1 },
    ],
    [
      'takes four minutes of Poor for no trouble',
      of(fine, fine, fine, fine, { good: 56, poor: 4 }),
      { word: 'fit', fit: 5, stuttered: 0 },
    ],
  ])('%s', (_, hours, expected) => {
    expect(fitGuess(hours)).toMatchObject(expected);
  });

  it('goes by the worst target of a day', () => {
    const hours = [...of(fine, fine, fine, fine, fine), ...of(poor, poor, poor, poor, poor)];
    expect(fitGuess(hours)).toEqual({ word: 'unfit', days: 5, fit: 0, stuttered: 0 });
  });
});
