import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { optional } from './optional.ts';
import { onDay } from './time.ts';

/** When somebody types a time, and where their clock stands; an empty zone was never notified and counts as UTC. */
export interface TypedWhen {
  /** ms since 1970 */
  readonly now: number;
  readonly timeZone: string;
}

type Day =
  | { readonly by: 'weekday'; readonly weekday: number }
  | { readonly by: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | { readonly by: 'days'; readonly ahead: number };

interface TypedMoment {
  /** `HH:mm` */
  readonly time: string;
  readonly day?: Day;
  /** As it was typed, in upper case. */
  readonly zone?: string;
}

const [weekdays, months] = [
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  [
    ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
    ...['october', 'november', 'december'],
  ],
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

const readMoment = (text: string): TypedMoment | undefined => {
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

const namedOffset = /^(?:UTC|GMT)(?:([-+−])(\d{1,2})(?::(\d{2}))?)?$/u;

/** The zone that a moment is typed in: the asker's, unless its end names another one. */
const zoneOf = ({ zone }: TypedMoment, { now, timeZone }: TypedWhen): Zone | undefined => {
  const known = timeZone === '' ? 'UTC' : timeZone;
  if (!IANAZone.isValidZone(known)) return undefined;
  const own = IANAZone.create(known);
  if (zone === undefined) return own;
  const offset = namedOffset.exec(zone);
  if (offset === null) return namesOf(own, now).includes(zone) ? own : undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = offset;
  const distance = Number(hours) * 60 + Number(minutes);
  return FixedOffsetZone.instance(sign === '+' ? distance : -distance);
};

/** What the bot calls a zone in all seasons: `CET` and `CEST`; each English has its own, as `IST` in India. */
const namesOf = (zone: Zone, now: number): readonly string[] =>
  [0, 1, 2, 3].flatMap((quarter) =>
    ['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ'].map(
      (locale) =>
        zone.offsetName(now + quarter * 91 * 86_400_000, { format: 'short', locale }) ?? '',
    ),
  );

/** The first day on which it comes after `after`. Undefined for a moment that is past. */
const dayOf = ({ time, day }: TypedMoment, zone: Zone, after: number): DateTime | undefined => {
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
const daysFrom = (first: DateTime): readonly DateTime[] =>
  Array.from({ length: 8 }, (_, days) => first.plus({ days }));

/**
 * `08:00`, `8am`, `mon 08:00`, `tomorrow 08:00`, `22 Nov, 08:00` or `2026-12-01 08:00`: the next such moment, in ms
 * since 1970. Undefined for what is no time, is past, or for a time zone that is not known.
 */
export const parseTime = (text: string, when: TypedWhen): number | undefined => {
  const wanted = readMoment(text);
  const zone = wanted && zoneOf(wanted, when);
  const day = zone && dayOf(wanted, zone, when.now);
  return day && onDay(day, wanted.time);
};

export interface TypedSpan {
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
}

/**
 * Both ends of a span, read together: the end is the first such time on the clocks behind the beginning, not the first
 * moment. Where the clocks leave the hour out it is as long as it was typed. Undefined for an end that is not behind.
 */
export const parseSpan = (
  from: string | 'now',
  to: string,
  when: TypedWhen,
): TypedSpan | 'past' | undefined => {
  const begin = from === 'now' ? nowIn(when) : beginOf(from, when);
  if (begin === undefined) return 'past';
  const wanted = readMoment(to);
  const zone = wanted && zoneOf(wanted, when);
  if (wanted === undefined || zone === undefined) return undefined;
  // By the clocks of its own zone, where the ends name two.
  const first = zone.equals(begin.day.zone)
    ? begin
    : clockAt(DateTime.fromMillis(begin.at, { zone }), begin.at);
  const end = endAfter(wanted, zone, first, when.now);
  if (end === undefined) return undefined;
  const minutes = minutesBetween(first, end);
  const until = onDay(end.day, end.time);
  return { from: begin.at, until: until > begin.at ? until : begin.at + minutes * 60_000 };
};

/** A time on the clocks of a day, and the moment that it is. */
interface Begin {
  readonly day: DateTime;
  readonly time: string;
  readonly at: number;
}

const clockAt = (moment: DateTime, at: number): Begin => ({
  day: moment.startOf('day'),
  time: moment.toFormat('HH:mm'),
  at,
});

const nowIn = (when: TypedWhen): Begin | undefined => {
  const zone = zoneOf({ time: '00:00' }, when);
  return zone && clockAt(DateTime.fromMillis(when.now, { zone }), when.now);
};

const beginOf = (from: string, when: TypedWhen): Begin | undefined => {
  const wanted = readMoment(from);
  const zone = wanted && zoneOf(wanted, when);
  const day = zone && dayOf(wanted, zone, when.now);
  return day && { day, time: wanted.time, at: onDay(day, wanted.time) };
};

const endAfter = (
  wanted: TypedMoment,
  zone: Zone,
  first: Begin,
  now: number,
): Pick<Begin, 'day' | 'time'> | undefined => {
  const { time, day } = wanted;
  const named =
    day?.by === 'date' || day?.by === 'days'
      ? [dayOf(wanted, zone, day.by === 'days' ? now : first.day.toMillis() - 1)]
      : daysFrom(first.day).filter((one) => day === undefined || one.weekday === day.weekday);
  return named
    .flatMap((one) => (one === undefined ? [] : { day: one, time }))
    .find((end) => minutesBetween(first, end) > 0);
};

/** As the clocks show them, whatever summer time adds or takes away. */
const minutesBetween = (
  first: Pick<Begin, 'day' | 'time'>,
  second: Pick<Begin, 'day' | 'time'>,
): number => minutesOf(second) - minutesOf(first);

const minutesOf = ({ day, time }: Pick<Begin, 'day' | 'time'>): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.UTC(day.year, day.month - 1, day.day) / 60_000 + hours * 60 + minutes;
};
