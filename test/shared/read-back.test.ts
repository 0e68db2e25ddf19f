import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { describeDigest, parseDigest } from '../../src/features/digest/domain/schedule.ts';
import { parseTime, readClock } from '../../src/shared/moment.ts';
import { formatDuration, parseDuration } from '../../src/shared/time.ts';
import { age, clock } from '../../src/ui/time.ts';

const minute = 60_000;
const base = Date.parse('2026-01-01T00:00:00Z');

const locales = fc.constantFrom('en-GB', 'en-US', 'en-AU', 'en-IE', 'en-CA', 'en-IN', 'en');
const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'UTC',
);
const minutes = (days: number) => fc.integer({ min: 1, max: days * 24 * 60 });

/** Where the clocks are set back one hour comes twice, and its first time is meant. */
const comesTwice = (at: number, zone: string): boolean =>
  DateTime.fromMillis(at, { zone }).getPossibleOffsets().length > 1;

describe('what the bot writes, it reads', () => {
  it.each(['personal', 'channel'] as const)(
    'times, in both hour cycles, in a chat that is %s',
    (kind) => {
      fc.assert(
        fc.property(
          locales,
          zones,
          minutes(300),
          minutes(300),
          (locale, timeZone, passed, ahead) => {
            const now = base + passed * minute;
            const at = now + ahead * minute;
            fc.pre(!comesTwice(at, timeZone));
            const written = clock(at, { locale, timeZone, now, kind });
            expect(parseTime(written, { now, timeZone })).toBe(at);
          },
        ),
      );
    },
  );

  it('spans of time, as they are shown and as a command has them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * 365 * 24 * 60 * 60 }), (seconds) => {
        const ms = seconds * 1000;
        expect(parseDuration(formatDuration(ms))).toBe(ms);
        const shown = parseDuration(age(ms)) ?? 0;
        expect(shown).toBeGreaterThan(0);
        expect(age(shown)).toBe(age(ms));
      }),
    );
  });

  it('digests, and the time of day in both cycles', () => {
    fc.assert(
      fc.property(minutes(1), fc.option(fc.integer({ min: 1, max: 7 })), (at, weekday) => {
        const time = DateTime.utc(2026, 1, 1).plus({ minutes: at });
        const schedule = {
          time: time.toFormat('HH:mm'),
          ...(weekday === null ? {} : { weekday }),
          timeZone: 'Europe/Berlin',
        };
        expect(parseDigest(describeDigest(schedule), 'Europe/Berlin')).toEqual(schedule);
        expect(readClock(time.toFormat('h:mm a'))).toBe(schedule.time);
      }),
    );
  });
});
