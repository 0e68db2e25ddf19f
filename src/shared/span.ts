import { DateTime, type Zone } from 'luxon';
import { daysFrom, nextDayOf, readMoment, type TypedMoment } from './moment.ts';
import { onDay } from './time.ts';
import { type TypedWhen, typedZone } from './typed-zone.ts';

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
  const zone = wanted && typedZone(when, wanted.zone);
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
  const zone = typedZone(when);
  return zone && clockAt(DateTime.fromMillis(when.now, { zone }), when.now);
};

const beginOf = (from: string, when: TypedWhen): Begin | undefined => {
  const wanted = readMoment(from);
  const zone = wanted && typedZone(when, wanted.zone);
  const day = zone && nextDayOf(wanted, zone, when.now);
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
      ? [nextDayOf(wanted, zone, day.by === 'days' ? now : first.day.toMillis() - 1)]
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
