import { z } from 'zod';
import type { Actor, Conversation } from '../../../platform/conversation.ts';
import { optional } from '../../../shared/optional.ts';
import {
  describeTimes,
  type PauseWindow,
  type ScheduleTimes,
  windowAt,
  windowFrom,
} from './times.ts';

/** Whom it pauses: an agent, or those that match when the window begins. */
export const ScheduleSubject = z.union([
  z.object({ agent: z.string().min(1), name: z.string() }).readonly(),
  z.object({ filter: z.string() }).readonly(),
]);
export type ScheduleSubject = z.infer<typeof ScheduleSubject>;

/** 'pausing' and 'resuming' = begun, and not done with all agents. */
export const schedulePhases = ['waiting', 'pausing', 'paused', 'resuming', 'ended'] as const;
export type SchedulePhase = (typeof schedulePhases)[number];

/** 'fleet-unread' = whom it is about could not be read since its window began. */
export const scheduleTroubles = ['agent-gone', 'fleet-unread'] as const;
export type ScheduleTrouble = (typeof scheduleTroubles)[number];

/** Where a schedule is. Times in ms since 1970. */
export interface ScheduleState {
  readonly phase: SchedulePhase;
  /** When there is something to do next. */
  readonly dueAt: number;
  /** The window that has begun. */
  readonly window?: PauseWindow;
  /** What kept the last window from pausing anybody, as it was said. */
  readonly trouble?: ScheduleTrouble;
}

export interface Schedule extends Conversation, ScheduleState {
  readonly id: string;
  readonly number: number;
  readonly subject: ScheduleSubject;
  readonly times: ScheduleTimes;
  readonly by: Actor;
  readonly createdAt: number;
  /** The beginning of the window that somebody wants skipped; past, it means nothing any more. */
  readonly skip?: number;
  /** Set once somebody has ended it. */
  readonly endedAt?: number;
}

/** Up to there a delay is the bot's own. */
export const punctualMs = 2 * 60_000;
/** After so long nobody waits for it any more. */
const triedForMs = 24 * 60 * 60_000;

export type Step =
  /** No window is open: it waits for the next. */
  | { readonly what: 'wait'; readonly state: ScheduleState }
  | { readonly what: 'pause'; readonly window: PauseWindow; readonly late: boolean }
  | { readonly what: 'resume'; readonly window: PauseWindow; readonly lastTry: boolean };

/**
 * What a schedule that is due has to do now. A window that passed meanwhile is left; one that is open still is acted
 * on, and so is the end of one that began.
 */
export const stepOf = (schedule: Schedule, now: number): Step => {
  const { phase, window, times } = schedule;
  if (phase === 'waiting' || phase === 'ended' || window === undefined) {
    const next = nextWindow(schedule, now);
    return next.from > now
      ? { what: 'wait', state: waitingFor(schedule, next) }
      : { what: 'pause', window: next, late: isLate(schedule, next, now) };
  }
  // One that begins in time to come was made by a clock that was wrong.
  if (phase === 'pausing' && now < window.until && window.from <= now)
    return { what: 'pause', window, late: isLate(schedule, window, now) };
  const nextBegins =
    schedule.endedAt === undefined ? windowFrom(times, window.until).from : Infinity;
  const lastTry = now >= Math.min(window.until + triedForMs, nextBegins);
  return { what: 'resume', window, lastTry };
};

/** The window that it waits for: never one before, which is past or was done, nor the one to skip. */
const nextWindow = ({ times, dueAt, skip }: Schedule, now: number): PauseWindow => {
  const open = windowAt(times, now);
  const first = open.from >= dueAt ? open : windowFrom(times, Math.max(dueAt, open.from));
  return first.from === skip ? windowFrom(times, first.from + 1) : first;
};

/** It came later than it should, and not because somebody made it inside its window. */
const isLate = ({ createdAt }: Schedule, { from }: PauseWindow, now: number): boolean =>
  now - Math.max(from, createdAt) > punctualMs;

const waitingFor = (schedule: Schedule, next: PauseWindow): ScheduleState => ({
  phase: 'waiting',
  dueAt: next.from,
  ...lastingTrouble(schedule),
});

/** What does not end with the window, or with its beginning. */
export const lastingTrouble = ({ trouble }: Schedule): Pick<ScheduleState, 'trouble'> =>
  optional('trouble', trouble === 'fleet-unread' ? undefined : trouble);

/** A pause that ends then ends later than the window, or because somebody asks for it after the schedule. */
export const isLateEnd = (
  { endedAt }: Pick<Schedule, 'endedAt'>,
  { until }: PauseWindow,
  now: number,
): boolean => endedAt !== undefined || now - until > punctualMs;

/** It was made inside the window. */
export const isMadeInside = ({ createdAt }: Pick<Schedule, 'createdAt'>, { from }: PauseWindow) =>
  createdAt >= from;

/** Where it is after a window: waiting for the next one that is not over. */
export const afterWindow = (
  schedule: Schedule,
  window: PauseWindow,
  now: number,
): ScheduleState => {
  const { times } = schedule;
  const next = windowFrom(times, window.until);
  return waitingFor(schedule, next.until > now ? next : windowAt(times, now));
};

/** The window that comes next, behind the one that has begun; not the one to skip. */
export const comingWindow = (schedule: Schedule, now: number): PauseWindow => {
  const { window, phase, times, skip } = schedule;
  if (phase === 'waiting' || window === undefined) return nextWindow(schedule, now);
  const next = windowFrom(times, Math.max(window.until, now));
  return next.from === skip ? windowFrom(times, next.from + 1) : next;
};

/** The next window that has not begun, which is the one that can be skipped. */
export const skippableWindow = ({ times, window, phase }: Schedule, now: number): PauseWindow =>
  windowFrom(
    times,
    phase === 'waiting' || window === undefined ? now + 1 : Math.max(now + 1, window.until),
  );

/** Moments that a clock which was wrong has left too far ahead are counted again; nothing = it is right. */
export const misplaced = (schedule: Schedule, now: number): number | undefined => {
  const { phase, window, dueAt, times } = schedule;
  if (phase === 'waiting') {
    const first = windowAt(times, now);
    const due = first.from > now ? first.from : windowFrom(times, now).from;
    return dueAt > due ? due : undefined;
  }
  return window !== undefined && window.from > now && dueAt > now ? now : undefined;
};

/** `LAX-12` or `where field.Site:Boise`. It contains text from outside: escape it. */
export const describeSubject = (subject: ScheduleSubject): string =>
  'agent' in subject ? subject.name : `where ${subject.filter}`;

/** As it would be typed. It contains text from outside: escape it. */
export const describeSchedule = ({ subject, times }: Pick<Schedule, 'subject' | 'times'>): string =>
  `${describeSubject(subject)} ${describeTimes(times)}`;
