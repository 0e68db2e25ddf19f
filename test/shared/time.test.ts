import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parseTime, readsAsTime } from '../../src/shared/moment.ts';
import { formatDuration, parseDuration } from '../../src/shared/time.ts';
import { clock } from '../../src/ui/time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a duration', () => {
  it.each([
    ['15m', 15 * minute],
    ['2h', 2 * hour],
    ['1d', day],
    ['1h30m', 90 * minute],
    ['1H30M', 90 * minute],
    [' 1h 30m ', 90 * minute],
    ['1d2h3m4s', day + 2 * hour + 3 * minute + 4000],
    ['90m', 90 * minute],
    ['2 hours', 2 * hour],
    ['1 day 1 hour', day + hour],
    ['10 mins', 10 * minute],
    ['7d', 7 * day],
  ])('%j is read', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    '0m',
    '15',
    'm',
    '-5m',
    '1.5h',
    '30m1h',
    '1h1h',
    '2x',
    'two hours',
    '1h Godot',
    '123456d',
  ])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    [0, '0s'],
    [999, '0s'],
    [15 * minute, '15m'],
    [90 * minute, '1h30m'],
    [day, '1d'],
    [day + 1000, '1d1s'],
    [8 * day + 23 * hour, '8d23h'],
  ])('of %j ms is written as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 * 365 * 86_400 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});

describe('a time', () => {
  // A Monday.
  const nowInBerlin = '2026-11-23T10:30:00+01:00';

  it.each([
    ['10:31', '2026-11-23T10:31:00+01:00'],
    ['10:30', '2026-11-24T10:30:00+01:00'],
    ['08:00', '2026-11-24T08:00:00+01:00'],
    ['8:00', '2026-11-24T08:00:00+01:00'],
    ['23:59', '2026-11-23T23:59:00+01:00'],
    ['00:00', '2026-11-24T00:00:00+01:00'],
    ['mon 11:00', '2026-11-23T11:00:00+01:00'],
    ['mon 08:00', '2026-11-30T08:00:00+01:00'],
    ['Monday 8:00', '2026-11-30T08:00:00+01:00'],
    ['TUES 08:00', '2026-11-24T08:00:00+01:00'],
    ['sun  08:00', '2026-11-29T08:00:00+01:00'],
    ['2026-12-01 08:00', '2026-12-01T08:00:00+01:00'],
    ['2026-12-01T08:00', '2026-12-01T08:00:00+01:00'],
    [' 2027-07-01 08:00 ', '2027-07-01T08:00:00+02:00'],
  ])('%j is the next such moment', (text, moment) => {
    expect(parseTime(text, { now: Date.parse(nowInBerlin), timeZone: 'Europe/Berlin' })).toBe(
      Date.parse(moment),
    );
  });

  it.each([
    [
      'in a gap moves forward',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      '02:30',
      '2026-03-29T03:30:00+02:00',
    ],
    [
      'in a gap, named by its date',
      'Europe/Berlin',
      '2026-03-01T12:00:00Z',
      '2026-03-29 02:30',
      '2026-03-29T03:30:00+02:00',
    ],
    [
      'in a gap of half an hour',
      'Australia/Lord_Howe',
      '2026-10-03T05:00:00Z',
      '02:15',
      '2026-10-04T02:45:00+11:00',
    ],
    [
      'in a gap at midnight',
      'America/Havana',
      '2026-03-07T20:00:00Z',
      '00:30',
      '2026-03-08T01:30:00-04:00',
    ],
    [
      'that comes twice is the earlier',
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      '02:30',
      '2026-10-25T02:30:00+02:00',
    ],
    [
      'that comes twice, in the west',
      'America/Los_Angeles',
      '2026-10-31T20:00:00Z',
      'sun 01:30',
      '2026-11-01T01:30:00-07:00',
    ],
    [
      'that comes twice, half an hour apart',
      'Australia/Lord_Howe',
      '2026-04-04T05:00:00Z',
      '01:45',
      '2026-04-05T01:45:00+11:00',
    ],
    [
      'the day after the clocks changed',
      'Europe/Berlin',
      '2026-03-29T12:00:00Z',
      '08:00',
      '2026-03-30T08:00:00+02:00',
    ],
    [
      'across the change of the clocks',
      'America/Los_Angeles',
      '2026-10-30T20:00:00Z',
      'mon 08:00',
      '2026-11-02T08:00:00-08:00',
    ],
    [
      'that is tomorrow already elsewhere',
      'Asia/Tokyo',
      '2026-11-23T20:00:00Z',
      'tue 08:00',
      '2026-11-24T08:00:00+09:00',
    ],
  ])('%s', (_case, timeZone, now, text, moment) => {
    expect(parseTime(text, { now: Date.parse(now), timeZone })).toBe(Date.parse(moment));
  });

  it.each([
    ['8am', '2026-11-24T08:00:00+01:00'],
    ['8 AM', '2026-11-24T08:00:00+01:00'],
    ['8:00 AM', '2026-11-24T08:00:00+01:00'],
    ['8:30 p.m.', '2026-11-23T20:30:00+01:00'],
    ['12am', '2026-11-24T00:00:00+01:00'],
    ['12pm', '2026-11-23T12:00:00+01:00'],
    ['mon 8am', '2026-11-30T08:00:00+01:00'],
    ['today 11:00', '2026-11-23T11:00:00+01:00'],
    ['tomorrow 08:00', '2026-11-24T08:00:00+01:00'],
    ['tomorrow at 8am', '2026-11-24T08:00:00+01:00'],
    ['tomorrow 11:00', '2026-11-24T11:00:00+01:00'],
    ['2026-12-01 8:00 AM', '2026-12-01T08:00:00+01:00'],
    // As the bot writes them, in English.
    ['1 Dec, 08:00', '2026-12-01T08:00:00+01:00'],
    ['Dec 1, 8:00 AM', '2026-12-01T08:00:00+01:00'],
    ['22 Nov, 08:00', '2027-11-22T08:00:00+01:00'],
    ['1 Feb 2027, 08:00', '2027-02-01T08:00:00+01:00'],
    ['Feb 1, 2027, 8:00 AM', '2027-02-01T08:00:00+01:00'],
    ['18:00 UTC', '2026-11-23T19:00:00+01:00'],
    ['18:00 GMT-5', '2026-11-24T00:00:00+01:00'],
    ['18:00 CET', '2026-11-23T18:00:00+01:00'],
  ])('C19: %j is read as people and the bot write it', (text, moment) => {
    expect(readsAsTime(text)).toBe(true);
    expect(parseTime(text, { now: Date.parse(nowInBerlin), timeZone: 'Europe/Berlin' })).toBe(
      Date.parse(moment),
    );
  });

  it('C19: is read as it was written, in both English clocks', () => {
    const place = fc.constantFrom(
      { locale: 'en-GB', timeZone: 'Europe/Berlin' },
      { locale: 'en-US', timeZone: 'America/New_York' },
      { locale: 'en-GB', timeZone: '' },
    );
    const now = Date.parse(nowInBerlin);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 300 * 24 * 60 }), (reader, minutes) => {
        const at = now + minutes * minute;
        const written = clock(at, { ...reader, now });
        // An hour that comes twice is written as it shows.
        const read = parseTime(written, { now, timeZone: reader.timeZone }) ?? Number.NaN;
        expect([at, at - hour]).toContain(read);
      }),
    );
  });

  it.each([
    '',
    '8',
    '13am',
    '0pm',
    '8:5',
    'tomorrow',
    '08:00 please',
    '31 Feb, 08:00',
    '24:00',
    '08:60',
    '08:00:00',
    'mo 08:00',
    'noday 08:00',
    'mon',
    'monday',
    '2026-02-30 08:00',
    '2026-13-01 08:00',
    '2026-12-01',
    '2h',
    'the end 08:00',
  ])('%j is no time', (text) => {
    expect(readsAsTime(text)).toBe(false);
    expect(parseTime(text, { now: 0, timeZone: 'UTC' })).toBeUndefined();
  });

  it('that is past reads as a time but has no next moment', () => {
    const text = '2026-01-01 08:00';
    expect(readsAsTime(text)).toBe(true);
    expect(
      parseTime(text, { now: Date.parse(nowInBerlin), timeZone: 'Europe/Berlin' }),
    ).toBeUndefined();
  });

  it('in a time zone that does not exist is not guessed', () => {
    expect(parseTime('08:00', { now: 0, timeZone: 'Mars/Olympus' })).toBeUndefined();
    expect(parseTime('2026-12-01 08:00', { now: 0, timeZone: 'Mars/Olympus' })).toBeUndefined();
  });

  it('of day lies within the two days ahead and shows on the clock there, whenever it is asked', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'UTC');
    // No zone here changes its clocks at noon.
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 4_000_000_000 }), (timeZone, seconds) => {
        const now = seconds * 1000;
        const moment = parseTime('12:00', { now, timeZone }) ?? Number.NaN;
        expect(moment).toBeGreaterThan(now);
        expect(moment - now).toBeLessThanOrEqual(25 * hour);
        expect(DateTime.fromMillis(moment, { zone: timeZone }).toFormat('HH:mm')).toBe('12:00');
      }),
    );
  });
});
