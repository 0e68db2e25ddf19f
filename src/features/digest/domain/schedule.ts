import { Info } from 'luxon';
import { z } from 'zod';
import { refusal } from '../../../platform/errors.ts';
import { nextTime, TimeOfDay, TimeZone, Weekday } from '../../../shared/time.ts';

/** When a digest comes; without a weekday every day. */
export const DigestSchedule = z
  .object({
    time: TimeOfDay,
    weekday: Weekday.exactOptional(),
    timeZone: TimeZone,
    /** Nothing is sent when nothing changed. */
    onlyChanges: z.literal(true).exactOptional(),
  })
  .readonly();
export type DigestSchedule = z.infer<typeof DigestSchedule>;

/** What stands after `digest`. Throws 'bad-input'. */
export const parseDigest = (rest: string, timeZone: string): DigestSchedule | 'now' | 'off' => {
  const typed = rest.trim().toLowerCase();
  if (typed === 'now' || typed === 'off') return typed;
  const [, every, day, hour = '', minute, onlyChanges] = schedule.exec(typed) ?? [];
  const weekday = day === undefined ? {} : { weekday: weekdayNumber(day) };
  const { data } = DigestSchedule.safeParse({
    time: `${hour.padStart(2, '0')}:${minute}`,
    ...weekday,
    timeZone,
    ...(onlyChanges === undefined ? {} : { onlyChanges: true }),
  });
  if (data === undefined || (every === 'weekly') !== (day !== undefined)) throw unclear(rest);
  return data;
};

/** As it would be typed after `digest`. */
export const describeDigest = ({ time, weekday, onlyChanges }: DigestSchedule): string => {
  const day = Info.weekdays('short', { locale: 'en' })[(weekday ?? 0) - 1]?.toLowerCase();
  const when = day === undefined ? `daily at ${time}` : `weekly ${day} at ${time}`;
  return onlyChanges === true ? `${when} if changed` : when;
};

/** ms since 1970 */
export const nextDigest = (schedule: DigestSchedule, after: number): number =>
  nextTime(schedule, schedule.timeZone, after);

const schedule =
  /^(daily|weekly)(?:\s+(?:on\s+)?([a-z]{3,9}))??(?:\s+at)?\s+(\d{1,2}):(\d{2})(\s+if\s+changed)?$/u;

/** 0, which is none, for what is no weekday. */
const weekdayNumber = (text: string): number =>
  1 +
  Info.weekdays('long', { locale: 'en' }).findIndex((name) => name.toLowerCase().startsWith(text));

const unclear = (typed: string): Error => refusal('bad-input', 'digest.unclear', { typed });
