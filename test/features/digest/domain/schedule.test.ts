import { describe, expect, it } from 'vitest';
import {
  DigestSchedule,
  nextDigest,
  parseDigest,
} from '../../../../src/features/digest/domain/schedule.ts';
import { refusalOf } from '../../../fakes/refusals.ts';

const timeZone = 'America/Boise';

describe('what stands after "digest"', () => {
  it.each([
    ['now', 'now'],
    [' OFF ', 'off'],
    ['daily at 08:00', { time: '08:00', timeZone }],
    ['daily 8:00', { time: '08:00', timeZone }],
    ['weekly mon at 08:00', { time: '08:00', weekday: 1, timeZone }],
    ['weekly on Sunday at 17:30', { time: '17:30', weekday: 7, timeZone }],
    ['Weekly THURS 7:05', { time: '07:05', weekday: 4, timeZone }],
  ])('%j is read', (rest, schedule) => {
    expect(parseDigest(rest, timeZone)).toEqual(schedule);
  });

  it.each([
    '',
    'daily',
    'weekly',
    'weekly at 08:00',
    'weekly day at 08:00',
    'daily mon at 08:00',
    'daily at 25:00',
    'daily at 08:60',
    'daily at 8',
    'hourly at 08:00',
    'nowhere',
  ])('%j is refused with an example', (rest) => {
    expect(refusalOf(() => parseDigest(rest, timeZone))).toEqual({
      code: 'bad-input',
      sentence: expect.stringContaining('daily at 08:00'),
    });
  });
});

it('comes at the same time of day in summer and winter', () => {
  const schedule = DigestSchedule.parse({ time: '08:00', timeZone });
  const first = nextDigest(schedule, Date.parse('2026-10-31T12:00:00Z'));
  expect(new Date(first).toISOString()).toBe('2026-10-31T14:00:00.000Z');
  expect(new Date(nextDigest(schedule, first)).toISOString()).toBe('2026-11-01T15:00:00.000Z');
});
