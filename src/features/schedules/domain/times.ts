import { DateTime } from 'luxon';
import { z } from 'zod';
import { onDay, TimeOfDay, TimeZone, Weekday } from '../../../shared/time.ts';
import { describeDays } from '../../../shared/weekdays.ts';

/** When a schedule pauses: by the clocks of its time zone, whatever they do in spring and autumn. */
export const ScheduleTimes = z
  .object({
    days: z.array(Weekday).min(1).max(7).readonly(),
    from: TimeOfDay,
    /** If it is not later than `from`, it is on the next day. */
    to: TimeOfDay,
    timeZone: TimeZone,
  })
  .readonly()
  .refine(({ from, to }) => from !== to);
export type ScheduleTimes = z.infer<typeof ScheduleTimes>;

/** Both in ms since 1970; the end is not part of it. */
export interface PauseWindow {
  readonly from: number;
  readonly until: number;
}

/** `weekdays 22:00-06:00`, as it is typed. */
export const describeTimes = ({ days, from, to }: Omit<ScheduleTimes, 'timeZone'>): string =>
  `${describeDays(days)} ${from}-${to}`;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/**
 * The window that begins on that day. A time that the clocks leave out is an hour later, one that they show twice is
 * the first of both; where that leaves no window, it is as long as it was typed.
 */
const windowOn = (day: DateTime, { from, to }: ScheduleTimes): PauseWindow => {
  const nextDay = to <= from ? 1 : 0;
  const begin = onDay(day, from);
  const end = onDay(day.plus({ days: nextDay }), to);
  const typedMinutes = minutesOf(to) - minutesOf(from) + nextDay * 24 * 60;
  return { from: begin, until: end > begin ? end : begin + typedMinutes * 60_000 };
};

/** The first window that is not over at `at`: it may have begun. */
export const windowAt = (times: ScheduleTimes, at: number): PauseWindow =>
  firstWindow(times, at, ({ until }) => until > at);

/** The first window that begins at `at` or later. */
export const windowFrom = (times: ScheduleTimes, at: number): PauseWindow =>
  firstWindow(times, at, ({ from }) => from >= at);

const firstWindow = (
  times: ScheduleTimes,
  at: number,
  counts: (window: PauseWindow) => boolean,
): PauseWindow => {
  const first = DateTime.fromMillis(at, { zone: times.timeZone }).minus({ days: 2 });
  // Two days back for one that goes over midnight, a week on for one of a single day.
  for (let days = 0; days <= 11; days += 1) {
    const day = first.plus({ days });
    if (!times.days.includes(day.weekday)) continue;
    const window = windowOn(day, times);
    if (counts(window)) return window;
  }
  throw new RangeError('a schedule without a day');
};
