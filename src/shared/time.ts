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

const units = [
  { letter: 'd', ms: 86_400_000, names: 'd|days?' },
  { letter: 'h', ms: 3_600_000, names: 'h|hrs?|hours?' },
  { letter: 'm', ms: 60_000, names: 'm|mins?|minutes?' },
  { letter: 's', ms: 1000, names: 's|secs?|seconds?' },
] as const;

// Five digits are 273 years in days: a date that far still is one.
const duration = new RegExp(
  `^${units.map(({ names }) => `(?:(\\d{1,5})\\s*(?:${names})\\s*)?`).join('')}$`,
  'iu',
);

/** `15m`, `2h`, `1h 30m`, `2 days`: in ms. Nothing at all is no duration. */
export const parseDuration = (text: string): number | undefined => {
  const amounts = duration.exec(text.trim())?.slice(1) ?? [];
  const ms = units.reduce((sum, unit, at) => sum + Number(amounts[at] ?? 0) * unit.ms, 0);
  return ms > 0 ? ms : undefined;
};

/** As parseDuration reads it, like `1h30m`; parts of a second are left out. */
export const formatDuration = (ms: number): string => {
  const parts = units.map(({ letter, ms: unit }, at) => {
    const within = at === 0 ? ms : ms % (units[at - 1]?.ms ?? unit);
    const amount = Math.floor(within / unit);
    return amount > 0 ? `${amount}${letter}` : '';
  });
  return parts.join('') || '0s';
};
