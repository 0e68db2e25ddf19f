import { z } from 'zod';
import type { InTheMaking } from '../../../shared/in-the-making.ts';
import { optional } from '../../../shared/optional.ts';
import { limitKinds } from '../../watches/domain/limits.ts';
import { changesIn, flapWindow, goodAllAlong, isFlapping, remember } from './flapping.ts';

/** Two bad observations in a row raise, two good ones clear (contract, Watches). */
const inARow = 2;

/** A value above its limit; ms, or % of the packets. */
const Over = z
  .object({ what: z.enum(limitKinds), value: z.number(), limit: z.number() })
  .readonly();
export type Over = z.infer<typeof Over>;

/** What the score usually is at the hour, and at which one it is worse. */
const UsualShown = z.object({ score: z.number(), worse: z.number() }).readonly();
export type UsualShown = z.infer<typeof UsualShown>;

/** An observed quality or presence, as cards show it. */
export const Shown = z
  .object({
    word: z.enum(['good', 'fair', 'poor', 'unknown', 'online', 'offline']),
    score: z.number().exactOptional(),
    /** The limits that were exceeded. Unless the word is 'poor' they alone are what is wrong. */
    over: z.array(Over).min(1).readonly().exactOptional(),
    /** Set where the score is worse than that. */
    usual: UsualShown.exactOptional(),
  })
  .readonly();
export type Shown = z.infer<typeof Shown>;

/** The verdict of a rule on one observation. Observations without information make none. */
export interface Observation {
  /** ms since 1970, never earlier than the one before. */
  readonly at: number;
  /** 'between' = in the gap between the two thresholds: not bad, but not good enough to clear. */
  readonly verdict: 'bad' | 'between' | 'good';
  readonly shown: Shown;
  /** When what was observed began, in ms since 1970, if that is known. */
  readonly beganAt?: number;
}

/** How patient a rule is, in ms. */
export interface Patience {
  /** How long it must be bad before it raises. */
  readonly afterMs?: number;
  /** Observations further apart than this are not "in a row". */
  readonly coldAfterMs: number;
}

const Verdict = z.enum(['bad', 'between', 'good']);

/** What one watch remembers of one agent or session. Stored as JSON. */
export const AlertState = z
  .object({
    /** The time of the newest observation that had a verdict. */
    at: z.number(),
    /** Changes only when enough observations agree. */
    bad: z.boolean(),
    /**
     * The latest observations that agree. `count` stops at two, `since` is the time of the first.
     */
    run: z.object({ verdict: Verdict, count: z.number(), since: z.number() }).readonly(),
    history: z.string().max(flapWindow),
    flapping: z.boolean(),
    /** The open problem: when it began, and what was shown then. */
    problem: z.object({ since: z.number(), told: Shown }).readonly().exactOptional(),
    lastGood: Shown.exactOptional(),
  })
  .readonly();
export type AlertState = z.infer<typeof AlertState>;

export interface AlertEvent {
  readonly kind: 'raised' | 'cleared' | 'flapping' | 'steady' | 'gone';
  /** Whether the problem goes on: after 'steady' it may or may not. */
  readonly open: boolean;
  readonly at: number;
  /** When the problem began. */
  readonly since: number;
  /** With 'gone': another account is read by now, so nobody knows whether it was deleted. */
  readonly anotherAccount?: true;
}

/** No state = there was no observation with a verdict yet. */
export interface Step {
  readonly state: AlertState | undefined;
  readonly event?: AlertEvent;
}

/**
 * The state after the first observation. If it was bad long before, it counts as bad without being
 * a problem: nobody is notified of it, nor of its end.
 */
export const firstSeen = (
  { at, verdict, shown, beganAt = at }: Observation,
  { longBad = false }: { readonly longBad?: boolean } = {},
): AlertState => ({
  at,
  bad: longBad,
  run: { verdict, count: 1, since: beganAt },
  history: remember('', verdict === 'bad'),
  flapping: false,
  ...(verdict === 'bad' ? {} : { lastGood: shown }),
});

/** The next state, and the event that must be notified, if any. */
export const advance = (patience: Patience, before: AlertState, seen: Observation): Step => {
  if (seen.verdict === 'good' && isCalm(before, seen.at, patience.coldAfterMs))
    return { state: { ...before, at: seen.at, lastGood: seen.shown } };
  const run = nextRun(patience, before, seen);
  const bad = believedBad(patience, before.bad, run, seen.at);
  // With `after`, short changes are no news to this person, so only lasting ones count as flapping.
  const marked = patience.afterMs === undefined ? rawBad(before, seen) : bad;
  const history = remember(before.history, marked);
  const flapping = isFlapping(history, before.flapping);
  const kind = eventKind(before, { bad, flapping });
  const open = kind === undefined ? before.problem !== undefined : flapping || bad;
  const since = before.problem?.since ?? run.since;
  const problem = open ? (before.problem ?? { since, told: seen.shown }) : undefined;
  const lastGood = seen.verdict === 'bad' ? before.lastGood : seen.shown;
  const state: InTheMaking<AlertState> = { at: seen.at, bad, run, history, flapping };
  if (problem !== undefined) state.problem = problem;
  if (lastGood !== undefined) state.lastGood = lastGood;
  // What was bad from the beginning was no problem, so its end is none either.
  if (kind === undefined || (!open && before.problem === undefined)) return { state };
  return { state, event: { kind, open, at: seen.at, since } };
};

/** Further ahead than two clocks that agree: then the clock was set back since. */
export const mostAheadMs = 60_000;

/**
 * A state whose time is to come was written before the clock was set back. It moves back as a whole, by so much
 * that whatever counts as fresh now comes after it: else nothing would be learned until that time is reached.
 */
export const setBackWithClock = (state: AlertState, now: number, freshMs: number): AlertState => {
  if (state.at - now <= mostAheadMs) return state;
  const byMs = state.at - now + freshMs;
  const { run, problem } = state;
  return {
    ...state,
    at: state.at - byMs,
    run: { ...run, since: run.since - byMs },
    ...optional('problem', problem && { ...problem, since: problem.since - byMs }),
  };
};

/** The event for something that was deleted or closed, if it had an open problem. */
export const gone = (
  { problem }: AlertState,
  now: number,
  anotherAccount = false,
): AlertEvent | undefined =>
  problem && {
    kind: 'gone',
    open: false,
    at: now,
    since: problem.since,
    ...(anotherAccount ? { anotherAccount: true } : {}),
  };

/**
 * False if only its time moved on, what was good last, or where in the history its changes are: not worth a write,
 * which in a storm would be one for each agent at each poll. After a restart flapping may begin or end some readings
 * earlier or later for it; problems begin and end as they would have.
 */
export const isWorthStoring = (before: AlertState | undefined, after: AlertState): boolean =>
  before === undefined ||
  isUndecided(after) ||
  // Else one that is restarted after each poll would flap for ever.
  before.flapping ||
  after.flapping ||
  before.bad !== after.bad ||
  before.problem?.since !== after.problem?.since ||
  before.run.verdict !== after.run.verdict ||
  before.run.count !== after.run.count ||
  before.run.since !== after.run.since ||
  changesIn(before.history) !== changesIn(after.history);

/** What is not believed yet: its time says whether the next observation still comes in a row. */
const isUndecided = ({ bad, run }: AlertState): boolean => (run.verdict === 'bad') !== bad;

/** Good for so long that one more good observation only moves the time on: most of a fleet. */
export const isCalm = (before: AlertState, at: number, coldAfterMs: number): boolean =>
  !before.bad &&
  !before.flapping &&
  before.problem === undefined &&
  before.run.verdict === 'good' &&
  before.run.count === inARow &&
  before.history === goodAllAlong &&
  at - before.at <= coldAfterMs;

const nextRun = (
  { coldAfterMs }: Patience,
  before: AlertState,
  { verdict, at, beganAt = at }: Observation,
): AlertState['run'] =>
  verdict === before.run.verdict && at - before.at <= coldAfterMs
    ? { ...before.run, count: Math.min(before.run.count + 1, inARow) }
    : { verdict, count: 1, since: beganAt };

const believedBad = (
  { afterMs = 0 }: Patience,
  before: boolean,
  run: AlertState['run'],
  at: number,
): boolean => {
  if (run.count < inARow || run.verdict === 'between') return before;
  if (run.verdict === 'good') return false;
  return before || at - run.since >= afterMs;
};

const rawBad = ({ history }: AlertState, { verdict }: Observation): boolean =>
  verdict === 'between' ? history.endsWith('b') : verdict === 'bad';

const eventKind = (
  before: AlertState,
  now: Pick<AlertState, 'bad' | 'flapping'>,
): AlertEvent['kind'] | undefined => {
  if (now.flapping) return before.flapping ? undefined : 'flapping';
  if (before.flapping) return 'steady';
  if (now.bad !== before.bad) return now.bad ? 'raised' : 'cleared';
  return undefined;
};

/** What is stored of one watch on one agent or session. Stored as JSON. */
export const WatchState = z.object({ state: AlertState }).readonly();
export type WatchState = z.infer<typeof WatchState>;
