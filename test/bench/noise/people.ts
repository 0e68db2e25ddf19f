import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';
import type { Machine, Whereabouts } from './network.ts';

// When people's laptops are on: their hours, their days at home, their lunch, and when they are away.

/** A laptop is on from then until then, in ms since 1970. */
export interface Presence {
  readonly from: number;
  readonly until: number;
  readonly where: Whereabouts;
}

/** Its person is not there though they usually would be: nobody but they know why. */
export interface Away {
  readonly machine: Machine;
  readonly why: 'ill' | 'leave' | 'left early';
  readonly from: number;
  readonly until: number;
}

/** One day of work, as its person meant it. */
export interface Workday {
  readonly day: number;
  readonly from: number;
  readonly until: number;
  readonly presence: readonly Presence[];
}

export interface PersonDays {
  readonly workdays: readonly Workday[];
  readonly away: readonly Away[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How many of a hundred … */
const shares = {
  /** work from home on some days of the week */
  hybrid: 0.6,
  /** shut their laptop at lunch on most days */
  lunch: 0.25,
  /** end earlier on Fridays, every week */
  shortFriday: 0.3,
  /** fall ill on a day of work, for one to three days */
  ill: 0.012,
  /** begin a leave in a week */
  leave: 0.05,
  /** leave an hour or more before their time, on a day of work */
  leftEarly: 0.01,
};

/** Around 0, like the sum of many small things; a third of them beyond 1. */
const usual = (random: Random): number =>
  Array.from({ length: 6 }, () => random() - 0.5).reduce((sum, one) => sum + one, 0) * Math.SQRT2;

interface Habits {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly startJitterMs: number;
  readonly endJitterMs: number;
  readonly homeDays: ReadonlySet<number>;
  readonly lunchAtMs: number | undefined;
  readonly shortFridayMs: number;
}

const habitsOf = (random: Random): Habits => {
  const homeDays = random() < shares.hybrid ? wholeBetween(random, 1, 3) : 0;
  return {
    startMs: 8.6 * hourMs + usual(random) * 45 * minuteMs,
    lengthMs: 8.75 * hourMs + usual(random) * 30 * minuteMs,
    startJitterMs: between(random, 4, 16) * minuteMs,
    endJitterMs: between(random, 8, 30) * minuteMs,
    homeDays: new Set(Array.from({ length: homeDays }, () => wholeBetween(random, 0, 4))),
    lunchAtMs: random() < shares.lunch ? 12.25 * hourMs + usual(random) * 25 * minuteMs : undefined,
    shortFridayMs: random() < shares.shortFriday ? between(random, 1.5, 3) * hourMs : 0,
  };
};

const workdayOf = (
  random: Random,
  habits: Habits,
  day: number,
  midnight: number,
): Workday & { readonly leftEarly: Presence | undefined } => {
  const weekday = day % 7;
  const from = midnight + habits.startMs + usual(random) * habits.startJitterMs;
  const usualEnd =
    midnight +
    habits.startMs +
    habits.lengthMs +
    usual(random) * habits.endJitterMs -
    (weekday === 4 ? habits.shortFridayMs : 0);
  const early = random() < shares.leftEarly ? between(random, 1, 3) * hourMs : 0;
  const until = usualEnd - early;
  const where: Whereabouts = habits.homeDays.has(weekday) ? 'home' : 'office';
  const breakAt =
    habits.lunchAtMs === undefined || random() > 0.8
      ? undefined
      : midnight + habits.lunchAtMs + usual(random) * 10 * minuteMs;
  const breakMs = between(random, 25, 55) * minuteMs;
  const presence: readonly Presence[] =
    breakAt === undefined
      ? [{ from, until, where }]
      : [
          { from, until: breakAt, where },
          { from: breakAt + breakMs, until, where },
        ];
  const leftEarly = early > 0 ? { from: until, until: usualEnd, where } : undefined;
  return { day, from, until, presence: presence.filter((one) => one.until > one.from), leftEarly };
};

/** `start` = midnight UTC of the first day, a Monday. */
export const personDays = (
  random: Random,
  machine: Machine,
  start: number,
  days: number,
): PersonDays => {
  const habits = habitsOf(random);
  const away: Away[] = [];
  const workdays: Workday[] = [];
  const leaveFrom = Array.from({ length: Math.ceil(days / 7) }, (_, week) =>
    random() < shares.leave ? week * 7 + (random() < 0.7 ? 0 : wholeBetween(random, 1, 4)) : -1,
  ).find((day) => day >= 0);
  const leaveDays = wholeBetween(random, 2, 12);
  let illUntil = -1;
  for (let day = 0; day < days; day += 1) {
    if (day % 7 > 4) continue;
    const midnight = start - machine.site.offsetMs + day * dayMs;
    const { leftEarly, ...workday } = workdayOf(random, habits, day, midnight);
    if (random() < shares.ill && day > illUntil) illUntil = day + wholeBetween(random, 0, 2);
    const isOnLeave = leaveFrom !== undefined && day >= leaveFrom && day < leaveFrom + leaveDays;
    const { from, until } = workday;
    if (isOnLeave) away.push({ machine, why: 'leave', from, until });
    else if (day <= illUntil) away.push({ machine, why: 'ill', from, until });
    else {
      workdays.push(workday);
      if (leftEarly !== undefined) away.push({ machine, why: 'left early', ...leftEarly });
    }
  }
  return { workdays, away };
};

/** What is on day and night. */
export const alwaysOn = (start: number, days: number): readonly Presence[] => [
  { from: start - dayMs, until: start + (days + 1) * dayMs, where: 'office' },
];
