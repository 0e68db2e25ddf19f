import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  QuarterBits,
  quarterMs,
  quarterOf,
  quartersPerDay,
} from '../../../src/features/history/domain/quarters.ts';
import {
  cellsOf,
  type Learned,
  learnHours,
} from '../../../src/features/silence/domain/usual-hours.ts';

const berlin = 'Europe/Berlin';
const monday = DateTime.fromISO('2026-03-09T00:00', { zone: berlin });

interface Past {
  /** How many days before `until`. */
  readonly days: number;
  readonly until?: DateTime;
  readonly timeZone?: string;
  readonly polled?: (at: DateTime) => boolean;
  readonly online: (at: DateTime) => boolean;
}

const moments = new Map<string, DateTime>();

/** Each is made once: a week has 672 quarters, and a zone takes most of the time of each test. */
const momentOf = (quarter: number, zone: string): DateTime => {
  const key = `${quarter} ${zone}`;
  const moment = moments.get(key) ?? DateTime.fromMillis(quarter * quarterMs, { zone });
  moments.set(key, moment);
  return moment;
};

const learn = ({
  days,
  until = monday.plus({ weeks: 4 }),
  timeZone = berlin,
  ...past
}: Past): Learned => {
  const [from, end] = [quarterOf(until.minus({ days }).toMillis()), quarterOf(until.toMillis())];
  const span = [Math.floor(from / quartersPerDay), Math.floor(end / quartersPerDay)] as const;
  const [polled, bits] = [new QuarterBits(...span), new QuarterBits(...span)];
  for (let quarter = from; quarter < end; quarter += 1) {
    const at = momentOf(quarter, timeZone);
    if (past.polled?.(at) === false) continue;
    polled.set(quarter);
    if (past.online(at)) bits.set(quarter);
  }
  return learnHours(cellsOf({ from, until: end, polled }, timeZone), bits);
};

const office = (at: DateTime): boolean => at.weekday <= 5 && at.hour >= 8 && at.hour < 17;

/** Like `1:8-11,13-16 2:8-16`: first and last hours of each weekday. */
const text = (learned: Learned): string => {
  if (learned.kind !== 'hours')
    return learned.kind === 'not-yet' ? `not-yet ${learned.days}` : learned.kind;
  return [1, 2, 3, 4, 5, 6, 7]
    .flatMap((weekday) => {
      const hours = [...Array(24).keys()].filter(
        (hour) => learned.week[(weekday - 1) * 24 + hour] !== 0,
      );
      const spans = hours
        .filter((hour) => !hours.includes(hour - 1))
        .map((from) => {
          let to = from;
          while (hours.includes(to + 1)) to += 1;
          return `${from}-${to}`;
        });
      return spans.length === 0 ? [] : [`${weekday}:${spans.join(',')}`];
    })
    .join(' ');
};

const officeWeek = '1:8-16 2:8-16 3:8-16 4:8-16 5:8-16';

describe('usual hours are learned', () => {
  it.each<[string, Past, string]>([
    ['from four weeks', { days: 28, online: office }, officeWeek],
    ['from seven days', { days: 7, online: office }, officeWeek],
    ['not from six', { days: 6, online: () => true }, 'not-yet 6'],
    ['not of one that never came', { days: 28, online: () => false }, 'not-yet 0'],
    [
      'across the begin of summer time',
      { days: 28, until: monday.plus({ weeks: 5 }), online: office },
      officeWeek,
    ],
    ['not to pause, of a server', { days: 14, online: () => true }, 'never-pauses'],
    [
      'of a server that was restarted',
      { days: 14, online: (at) => !(at.weekday === 2 && at.hour === 3) },
      'never-pauses',
    ],
    [
      'over midnight',
      { days: 21, online: (at) => at.hour >= 22 || at.hour < 6 },
      '1:0-5,22-23 2:0-5,22-23 3:0-5,22-23 4:0-5,22-23 5:0-5,22-23 6:0-5,22-23 7:0-5,22-23',
    ],
    [
      'without an hour that its person often spends at lunch',
      { days: 14, online: (at) => office(at) && !(at.hour === 12 && at.day % 3 === 0) },
      '1:8-11,13-16 2:8-11,13-16 3:8-11,13-16 4:8-11,13-16 5:8-11,13-16',
    ],
    [
      'without hours of a lunch that takes a quarter of each of two',
      {
        days: 14,
        online: (at) =>
          office(at) && !(at.hour === 12 && at.minute >= 45) && !(at.hour === 13 && at.minute < 15),
      },
      '1:8-11,13-16 2:8-11,13-16 3:8-11,13-16 4:8-11,13-16 5:8-11,13-16',
    ],
    [
      'without the hour in which its person goes home',
      {
        days: 14,
        online: (at) => office(at) || (at.weekday <= 5 && at.hour === 17 && at.minute < 30),
      },
      officeWeek,
    ],
    [
      'with the hour in which it comes',
      { days: 14, online: (at) => office(at) && !(at.hour === 8 && at.minute < 30) },
      officeWeek,
    ],
    [
      'without one in which it comes later',
      { days: 14, online: (at) => office(at) && !(at.hour === 8 && at.minute < 45) },
      '1:9-16 2:9-16 3:9-16 4:9-16 5:9-16',
    ],
    [
      'of one who was away for two days of the first week',
      { days: 7, online: (at) => office(at) && at.weekday !== 2 && at.weekday !== 3 },
      '1:8-16 4:8-16 5:8-16',
    ],
    [
      'of one who comes on two days of the week',
      { days: 28, online: (at) => office(at) && at.weekday <= 2 },
      '1:8-16 2:8-16',
    ],
    [
      'without a day of illness',
      { days: 28, online: (at) => office(at) && at.day !== 18 },
      officeWeek,
    ],
    [
      'without a Saturday of overtime in the first week',
      { days: 7, online: (at) => office(at) || (at.weekday === 6 && at.hour === 10) },
      officeWeek,
    ],
    [
      'with what is known, where the bot was not there at night',
      { days: 28, polled: (at) => at.hour >= 6 && at.hour < 20, online: office },
      officeWeek,
    ],
    [
      'with arrivals that are a quarter late',
      { days: 28, online: (at) => office(at) && !(at.hour === 8 && at.minute < 15) },
      officeWeek,
    ],
  ])('%s', (_, past, expected) => {
    expect(text(learn(past))).toBe(expected);
  });

  it('in the time zone that is asked for', () => {
    const past = { days: 14, online: office, until: monday.plus({ weeks: 2 }) };
    const online = (at: DateTime): boolean => office(at.setZone(berlin));
    expect(text(learn({ ...past, timeZone: 'UTC', online }))).toBe(
      '1:7-15 2:7-15 3:7-15 4:7-15 5:7-15',
    );
  });

  it('never as an hour in which it was never online', () => {
    const week = fc.array(fc.boolean(), { minLength: 168, maxLength: 168 });
    fc.assert(
      fc.property(week, fc.integer({ min: 7, max: 28 }), (hours, days) => {
        const online = (at: DateTime): boolean => hours[(at.weekday - 1) * 24 + at.hour] === true;
        const learned = learn({ days, timeZone: 'UTC', online });
        return (
          learned.kind !== 'hours' ||
          [...learned.week].every((usual, hour) => usual === 0 || hours[hour] === true)
        );
      }),
      { numRuns: 20 },
    );
  });
});
