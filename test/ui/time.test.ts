import { describe, expect, it } from 'vitest';
import { age, ago, clock, clockOfCard, spanText, timeRange } from '../../src/ui/time.ts';
import { aReader, hour, minute, now } from '../cards/a-fleet.ts';

const day = 24 * hour;

describe('age', () => {
  it.each([
    [-5000, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [hour - 1, '59 min'],
    [hour, '1 h'],
    [day - 1, '23 h'],
    [2 * day, '2 d'],
  ])('%d ms are %s', (ms, text) => {
    expect(age(ms)).toBe(text);
  });
});

describe('ago', () => {
  it.each([
    [now + minute, 'just now'],
    [now - 4999, 'just now'],
    [now - 5000, '5 s ago'],
    [now - 3 * hour, '3 h ago'],
  ])('%d is %s', (at, text) => {
    expect(ago(at, { now })).toBe(text);
  });
});

describe('clock', () => {
  it.each([
    ['today', now, {}, '12:41'],
    ['in the zone of the reader', now, { timeZone: 'Europe/Berlin' }, '13:41'],
    ['in the manner of the reader', now, { locale: 'en-US' }, '12:41 PM'],
    ['another day', now - day, {}, '22 Nov, 12:41'],
    ['the day of the reader', now, { timeZone: 'Asia/Tokyo', now: now + 2 * hour }, '21:41'],
    [
      'yesterday for the reader',
      now,
      { timeZone: 'Asia/Tokyo', now: now + 5 * hour },
      '23 Nov, 21:41',
    ],
    ['another year', now - 400 * day, {}, '19 Oct 2025, 12:41'],
    ['an unknown zone', now, { timeZone: 'Mars/Olympus' }, '12:41 UTC'],
    ['no zone', now, { timeZone: '' }, '12:41 UTC'],
    ['an unknown language', now, { locale: 'not a locale' }, '12:41'],
  ])('%s', (_case, at, changes, text) => {
    expect(clock(at, aReader(changes))).toBe(text);
  });
});

it('C6, G7: names its zone where readers may be in others, or told none', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin', now };
  expect(clock(now, { ...berlin, kind: 'channel' })).toBe('13:00 CET');
  expect(clock(now, { ...berlin, kind: 'group', locale: 'en-US' })).toBe('1:00 PM GMT+1');
  expect(clock(now, { ...berlin, kind: 'channel', forOne: true })).toBe('13:00');
  expect(clock(now, { ...berlin, kind: 'personal' })).toBe('13:00');
  expect(clock(now, { ...berlin, kind: 'channel', timeZone: '' })).toBe('12:00 UTC');
});

describe('timeRange', () => {
  it.each([
    ['today', now - hour, now, '11:41 – 12:41'],
    ['within another day', now - day - hour, now - day, '22 Nov, 11:41 – 12:41'],
    ['up to today', now - day, now, '22 Nov, 12:41 – today, 12:41'],
    ['over other days', now - 2 * day, now - day, '21 Nov, 12:41 – 22 Nov, 12:41'],
  ])('%s', (_name, from, until, text) => {
    expect(timeRange(from, until, aReader())).toBe(text);
  });

  it.each([
    ['once where it is one', now - hour, now, '12:41 – 13:41 CET'],
    [
      'at both where the clocks were changed',
      now - 60 * day,
      now,
      '24 Sept, 14:41 CEST – today, 13:41 CET',
    ],
  ])('names the zone %s', (_name, from, until, text) => {
    expect(timeRange(from, until, aReader({ kind: 'channel', timeZone: 'Europe/Berlin' }))).toBe(
      text,
    );
  });
});

describe('clockOfCard', () => {
  it('leaves the zone to the other time of the card', () => {
    expect(clockOfCard(now - day, aReader({ kind: 'channel' }))).toBe('22 Nov, 12:41');
    expect(clockOfCard(now, aReader({ timeZone: 'nowhere' }))).toBe('12:41');
  });
});

describe('spanText', () => {
  it.each([
    [30_000, '30 s'],
    [25 * minute, '25 min'],
    [hour, '1 h'],
    [hour + 5 * minute, '1 h 5 min'],
    [2 * day, '2 d'],
    [2 * day + 3 * hour + 59 * minute, '2 d 3 h'],
    [day - 1, '23 h 59 min'],
  ])('%d ms are %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
