import { Info } from 'luxon';
import { z } from 'zod';
import { refusal } from '../../../platform/errors.ts';
import { readClock } from '../../../shared/moment.ts';
import { nextTime, TimeOfDay, TimeZone, Weekday } from '../../../shared/time.ts';

/** When a digest comes. Without a weekday it comes every day. */
export const DigestSchedule = z
  .object({
    time: TimeOfDay,
    weekday: Weekday.exactOptional(),
    timeZone: TimeZone,
    /** Sends nothing if nothing changed. */
    onlyChanges: z.literal(true).exactOptional(),
  })
  .readonly();
export type DigestSchedule = z.infer<typeof DigestSchedule>;

/** Reads the text after `digest`. Throws 'bad-input'. */
export const parseDigest = (rest: string, timeZone: string): DigestSchedule | 'now' | 'off' => {
  const typed = rest.trim().toLowerCase();
  if (typed === 'now' || typed === 'off') return typed;
  const [, every, day, time = '', onlyChanges] = schedule.exec(typed) ?? [];
  const weekday = day === undefined ? {} : { weekday: weekdayNumber(day) };
  const { data } = DigestSchedule.safeParse({
    time: readClock(time),
    ...weekday,
    timeZone,
    ...(onlyChanges === undefined ? {} : { onlyChanges: true }),
  });
  if (data === undefined || (every === 'weekly') !== (day !== undefined)) throw unclear(rest);
  return data;
};

/** The text that a person would type after `digest`. */
export const describeDigest = ({ time, weekday, onlyChanges }: DigestSchedule): string => {
  const day = Info.weekdays('short', { locale: 'en' })[(weekday ?? 0) - 1]?.toLowerCase();
  const when = day === undefined ? `daily at ${time}` : `weekly ${day} at ${time}`;
  return onlyChanges === true ? `${when} if changed` : when;
};

const dayMs = 24 * 60 * 60_000;

/** How much time a digest covers that has no earlier one to continue from, in ms. */
export const periodMs = (schedule: DigestSchedule | undefined): number =>
  schedule?.weekday === undefined ? dayMs : 7 * dayMs;

/** ms since 1970 */
export const nextDigest = (schedule: DigestSchedule, after: number): number =>
  nextTime(schedule, schedule.timeZone, after);

const schedule =
  /^(daily|weekly)(?:\s+(?:on\s+)?([a-z]{3,9}))??(?:\s+at)?\s+(\d[\d:.]{0,4}(?:\s?[ap]\.?m\.?)?)(\s+if\s+changed)?$/u;

/** 0 for text that names no weekday: the schema refuses it. */
const weekdayNumber = (text: string): number =>
  1 +
  Info.weekdays('long', { locale: 'en' }).findIndex((name) => name.toLowerCase().startsWith(text));

const unclear = (typed: string): Error => refusal('bad-input', 'digest.unclear', { typed });
