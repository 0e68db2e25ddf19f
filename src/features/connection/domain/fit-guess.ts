import { DateTime } from 'luxon';
import { dayMs, hourMs, type RolledHour } from '../../history/domain/rolled-hour.ts';
import { leastMinutes } from '../../history/domain/usual-score.ts';

/** How far a guess looks back. */
export const guessDays = 28;
/** Of fewer days nothing is guessed. */
export const leastDays = 5;
/** So many minutes in Poor make an hour unfit for calls, and so many in Fair make calls stutter. */
export const unfitMinutes = 5;
const stutterMinutes = 15;
const rarely = 0.1;
const often = 0.5;

/** The hour that somebody asks for, and the same one on days like it. Times in ms since 1970. */
export interface AskedHour {
  readonly hour: number;
  readonly weekend: boolean;
  /** Where the hours before began: on working days, or on Saturdays and Sundays; by the clocks of the asker's zone. */
  readonly before: ReadonlySet<number>;
}

export const askedHour = (
  asked: number,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): AskedHour => {
  // A card that is old names a time that is past: then the next day's is meant.
  const at = asked > now ? asked : asked + Math.ceil((now - asked + 1) / dayMs) * dayMs;
  const hour = Math.floor(at / hourMs) * hourMs;
  const there = DateTime.fromMillis(hour, { zone: timeZone });
  const local = there.isValid ? there : DateTime.fromMillis(hour, { zone: 'utc' });
  const weekend = local.isWeekend;
  const before = new Set<number>();
  for (let days = Math.max(1, Math.floor((hour - now) / dayMs)); ; days += 1) {
    const then = local.minus({ days });
    if (then.toMillis() < now - guessDays * dayMs) break;
    if (then.isWeekend === weekend && then.toMillis() < now) before.add(then.toMillis());
  }
  return { hour, weekend, before };
};

/** The next full one, ms since 1970. */
export const nextHour = (now: number): number => (Math.floor(now / hourMs) + 1) * hourMs;

export interface FitGuess {
  readonly word: 'fit' | 'mixed' | 'unfit' | 'unknown';
  /** Days that are known, those of them that were fit for calls, and those of these on which calls may have stuttered. */
  readonly days: number;
  readonly fit: number;
  readonly stuttered: number;
}

/** Hours of all targets of an agent: its worst target makes a day. */
export const fitGuess = (hours: readonly RolledHour[]): FitGuess => {
  const days = new Map<number, { minutes: number; poor: number; fair: number }>();
  for (const { at, good, fair, poor } of hours) {
    const day = days.get(at) ?? { minutes: 0, poor: 0, fair: 0 };
    days.set(at, {
      minutes: Math.max(day.minutes, good + fair + poor),
      poor: Math.max(day.poor, poor),
      fair: Math.max(day.fair, fair),
    });
  }
  const known = [...days.values()].filter(({ minutes }) => minutes >= leastMinutes);
  const fit = known.filter(({ poor }) => poor < unfitMinutes);
  const stuttered = fit.filter(({ fair, poor }) => fair + poor >= stutterMinutes);
  const unfitShare = known.length === 0 ? 0 : 1 - fit.length / known.length;
  const guessed = unfitShare <= rarely ? 'fit' : unfitShare < often ? 'mixed' : 'unfit';
  return {
    word: known.length < leastDays ? 'unknown' : guessed,
    days: known.length,
    fit: fit.length,
    stuttered: stuttered.length,
  };
};
