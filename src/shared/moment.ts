import { DateTime, type Zone } from 'luxon';
import { optional } from './optional.ts';
import { onDay } from './time.ts';
import { type TypedWhen, typedZone, zoneCalled } from './typed-zone.ts';
import { weekdays } from './weekdays.ts';

type Day =
  | { readonly by: 'weekday'; readonly weekday: number }
  | { readonly by: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | { readonly by: 'days'; readonly ahead: number };

export interface TypedMoment {
  /** `HH:mm` */
  readonly time: string;
  readonly day?: Day;
  /** As it was typed, in upper case. */
  readonly zone?: string;
}

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

/** No moment is longer, and what is longer is not looked at. */
const longestMoment = 60;

const clockPart = '(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?:\\s?(?<half>[ap])\\.?m\\.?)?';
const dayParts = [
  '(?<iso>\\d{4}-\\d{2}-\\d{2})(?=[\\sT])T?',
  '(?<day>\\d{1,2})\\.?\\s+(?<month>\\p{L}{3,9})\\.?(?:,?\\s+(?<year>\\d{4}))?',
  '(?<month2>\\p{L}{3,9})\\.?\\s+(?<day2>\\d{1,2})(?:,?\\s+(?<year2>\\d{4}))?(?=,|\\s)',
  '(?<word>\\p{L}{3,9})',
];
const zonePart = '(?<zone>(?:UTC|GMT)(?:[-+−]\\d{1,2}(?::\\d{2})?)?|[A-Z]{1,3}[SD]?T)';
const momentPattern = new RegExp(
  `^(?:(?:${dayParts.join('|')})(?:,\\s*|\\s+|(?<=T)))?(?:at\\s+)?${clockPart}(?:\\s+${zonePart})?$`,
  'iu',
);
const clockPattern = new RegExp(`^${clockPart}$`, 'iu');

type Groups = Readonly<Record<string, string | undefined>>;

const clockFrom = ({ hour = '', minute, half }: Groups): string | undefined => {
  const typed = Number(hour);
  if (minute === undefined && half === undefined) return undefined;
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined;
  const hours = half === undefined ? typed : (typed % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hours > 23 || Number(minute ?? 0) > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${minute ?? '00'}`;
};

/** `08:00`, `8:00 AM` or `8am`, as `HH:mm`. */
export const readClock = (text: string): string | undefined => {
  const groups = clockPattern.exec(text.trim().slice(0, longestMoment))?.groups;
  return groups && clockFrom(groups);
};

const begins = (names: readonly string[], typed: string): number =>
  1 + names.findIndex((name) => name.startsWith(typed.toLowerCase()));

const dayFrom = (groups: Groups): Day | 'none' | 'wrong' => {
  const { iso, word, month = groups['month2'], day = groups['day2'] } = groups;
  const year = groups['year'] ?? groups['year2'];
  if (iso !== undefined) {
    const [y = 0, m = 0, d = 0] = iso.split('-').map(Number);
    return dated(m, d, y);
  }
  if (month !== undefined)
    return dated(begins(months, month), Number(day), year === undefined ? undefined : Number(year));
  if (word === undefined) return 'none';
  const ahead = ['today', 'tomorrow'].indexOf(word.toLowerCase());
  if (ahead >= 0) return { by: 'days', ahead };
  const weekday = begins(weekdays, word);
  return weekday === 0 ? 'wrong' : { by: 'weekday', weekday };
};

/** In a leap year where none is named: the 29th of February exists. */
const dated = (month: number, day: number, year?: number): Day | 'wrong' =>
  month > 0 && DateTime.utc(year ?? 2028, month, day).isValid
    ? { by: 'date', month, day, ...optional('year', year) }
    : 'wrong';

export const readMoment = (text: string): TypedMoment | undefined => {
  const typed = text.trim();
  const groups = typed.length > longestMoment ? undefined : momentPattern.exec(typed)?.groups;
  const time = groups && clockFrom(groups);
  const day = groups && dayFrom(groups);
  if (time === undefined || day === undefined || day === 'wrong') return undefined;
  return {
    time,
    ...(day === 'none' ? {} : { day }),
    ...optional('zone', groups?.['zone']?.toUpperCase()),
  };
};

/** Whether it is written as a time, past or not. */
export const readsAsTime = (text: string): boolean => readMoment(text) !== undefined;

/** The first day on which it comes after `after`. Undefined for a moment that is past. */
export const nextDayOf = (
  { time, day }: TypedMoment,
  zone: Zone,
  after: number,
): DateTime | undefined => {
  const today = DateTime.fromMillis(after, { zone }).startOf('day');
  const comes = (one: DateTime): boolean => one.isValid && onDay(one, time) > after;
  switch (day?.by) {
    case 'days':
      return [today.plus({ days: day.ahead })].find(comes);
    case 'date': {
      const { year = today.year, month, day: date } = day;
      // Nobody names a year that is the next one anyway; nor the next leap year.
      const years = day.year === undefined ? [year, year + 1] : [year];
      return years
        .map((one) => DateTime.fromObject({ year: one, month, day: date }, { zone }))
        .find(comes);
    }
    default:
      return daysFrom(today)
        .filter((one) => day === undefined || one.weekday === day.weekday)
        .find(comes);
  }
};

/** A week on, today's time comes again in case that it is past. */
export const daysFrom = (first: DateTime): readonly DateTime[] =>
  Array.from({ length: 8 }, (_, days) => first.plus({ days }));

/**
 * `08:00`, `8am`, `mon 08:00`, `tomorrow 08:00`, `22 Nov, 08:00` or `2026-12-01 08:00`: the next such moment, in ms
 * since 1970. Undefined for what is no time, is past, or for a time zone that is not known.
 */
export const parseTime = (text: string, when: TypedWhen): number | undefined => {
  const wanted = readMoment(text);
  const zone = wanted && typedZone(when, wanted.zone);
  const day = zone && nextDayOf(wanted, zone, when.now);
  return day && onDay(day, wanted.time);
};

/** A moment as `parseTime` reads it: `2026-12-01 08:00`. In UTC where the zone is not known. */
export const typedMoment = (at: number, { timeZone }: { readonly timeZone: string }): string =>
  DateTime.fromMillis(at, { zone: zoneCalled(timeZone) ?? 'UTC' }).toFormat('yyyy-MM-dd HH:mm');
