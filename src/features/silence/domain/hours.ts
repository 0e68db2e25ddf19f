import { DateTime } from 'luxon';
import { z } from 'zod';
import { onDay, TimeOfDay, TimeZone, Weekday } from '../../../shared/time.ts';

/** When an agent is expected online, as a person set it. */
export const SetHours = z.union([
  /** Every absence counts. */
  z.object({ kind: z.literal('always') }).readonly(),
  z
    .object({
      kind: z.literal('ranges'),
      ranges: z
        .array(
          z
            .object({
              days: z.array(Weekday).min(1).readonly(),
              from: TimeOfDay,
              /** If it is not later than `from`, it is on the next day. */
              to: TimeOfDay,
            })
            .readonly(),
        )
        .min(1)
        .readonly(),
      timeZone: TimeZone,
    })
    .readonly(),
]);
export type SetHours = z.infer<typeof SetHours>;

export const hoursPerWeek = 168;

/**
 * The hours of a week, from Monday 0:00 on: 1 = usually online, 2 = usually comes in that hour, which is the one before
 * a 1.
 */
export type HourWeek = Uint8Array;

/** A time in which an agent is expected; both in ms since 1970, the end is not part of it. */
export interface ExpectedTime {
  readonly from: number;
  /** It comes until then, and may have gone once more. Absent = it is there from the beginning. */
  readonly arrivesBy?: number;
  readonly until: number;
}

/** So many days on each side of today are enough for the next time in any week. */
const daysBefore = 9;
const daysAfter = 9;

/** When each hour of some days begins in one time zone: asked for thousands of agents, made once a day. */
export interface Calendar {
  /** ms since 1970 */
  readonly around: number;
  readonly days: readonly { readonly weekday: number; readonly hours: readonly number[] }[];
}

export const createCalendar = (timeZone: string, around: number): Calendar => {
  const today = DateTime.fromMillis(around, { zone: timeZone }).startOf('day');
  return {
    around,
    days: Array.from({ length: daysBefore + daysAfter + 1 }, (_, index) => {
      const day = today.plus({ days: index - daysBefore });
      return { weekday: day.weekday, hours: hoursOf(day, day.plus({ days: 1 })) };
    }),
  };
};

const hourMs = 60 * 60_000;

/** When its hours begin, and when the last one ends. Only where the clocks change is each of them looked up. */
const hoursOf = (day: DateTime, next: DateTime): readonly number[] => {
  const [from, until] = [day.toMillis(), next.toMillis()];
  const isEven = until - from === 24 * hourMs && day.hour === 0 && next.hour === 0;
  const hours = Array.from({ length: 24 }, (_, hour) =>
    isEven ? from + hour * hourMs : onDay(day, `${String(hour).padStart(2, '0')}:00`),
  );
  return [...hours, until];
};

/**
 * The hours of a week as expected times of the calendar's days, one after the other, from shortly before this time on.
 * Made as they are asked for: nearly always the first one or two are enough.
 */
export function* expectedTimesOfWeek(
  week: HourWeek,
  { days }: Calendar,
  after: number,
): Generator<ExpectedTime> {
  let open: ExpectedTime | undefined;
  for (const { weekday, hours } of days) {
    if ((hours[24] ?? 0) < after - twoDaysMs) continue;
    for (let hour = 0; hour < 24; hour += 1) {
      const usual = week[(weekday - 1) * 24 + hour] ?? 0;
      const until = hours[hour + 1] ?? 0;
      if (open !== undefined && usual !== 1) {
        if (open.until > open.from) yield open;
        open = undefined;
      }
      if (usual === 2) open = { from: hours[hour] ?? 0, arrivesBy: until, until };
      if (usual === 1) open = { ...(open ?? { from: hours[hour] ?? 0 }), until };
    }
  }
  if (open !== undefined) yield open;
}

/** An expected time that began earlier is long, and how long does not matter. */
const twoDaysMs = 48 * 60 * 60_000;

/** The same of hours that were set, around this time. */
export const expectedTimesOfSet = (
  { ranges, timeZone }: Extract<SetHours, { kind: 'ranges' }>,
  around: number,
): readonly ExpectedTime[] => {
  const today = DateTime.fromMillis(around, { zone: timeZone });
  const found: ExpectedTime[] = [];
  for (let ahead = -daysBefore; ahead <= daysAfter; ahead += 1) {
    const day = today.plus({ days: ahead });
    for (const { days, from, to } of ranges)
      if (days.includes(day.weekday))
        found.push({
          from: onDay(day, from),
          until: onDay(day.plus({ days: to <= from ? 1 : 0 }), to),
        });
  }
  return joined(found.toSorted((a, b) => a.from - b.from));
};

/** Those that meet or overlap become one. */
const joined = (times: readonly ExpectedTime[]): readonly ExpectedTime[] => {
  const found: { from: number; until: number }[] = [];
  for (const { from, until } of times) {
    const last = found.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else if (until > from) found.push({ from, until });
  }
  return found;
};
