import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

/** `HH:mm`, as a wall clock shows it. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** ISO: 1 = Monday … 7 = Sunday. */
export const Weekday = z.number().int().min(1).max(7);
export const TimeZone = z.string().refine((zone) => IANAZone.isValidZone(zone));

/**
 * When the clocks show that time on that day, ms since 1970: the first time where summer time's end
 * brings it twice, an hour later where summer time's begin leaves it out.
 */
export const onDay = (day: DateTime, time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const moment = day.set({ hour, minute, second: 0, millisecond: 0 });
  return Math.min(...moment.getPossibleOffsets().map((possible) => possible.toMillis()));
};

/** The next moment after `after` when the clocks show that time, on that weekday if one is named. */
export const nextTime = (
  { time, weekday }: { readonly time: string; readonly weekday?: number },
  timeZone: string,
  after: number,
): number => {
  const today = DateTime.fromMillis(after, { zone: timeZone });
  // A week on, today's time comes again in case that it is past.
  const moments = Array.from({ length: 8 }, (_, days) => today.plus({ days }))
    .filter((day) => weekday === undefined || day.weekday === weekday)
    .map((day) => onDay(day, time));
  return Math.min(...moments.filter((moment) => moment > after));
};
