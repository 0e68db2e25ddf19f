import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';

/** As many samples as Nagios looks back on. */
export const flapWindow = 21;

/** Shares of the window's changes, as in Nagios: flapping begins at the one and ends below the other. */
const highShare = 0.5;
const lowShare = 0.25;

/** The last samples, oldest first, one letter each: `b` bad, `g` good. */
export type FlapHistory = string;

export const goodAllAlong: FlapHistory = 'g'.repeat(flapWindow);

export const remember = (history: FlapHistory, bad: boolean): FlapHistory =>
  (history + (bad ? 'b' : 'g')).slice(-flapWindow);

/** How often it went from good to bad or back. */
export const changesIn = (history: FlapHistory): number => {
  let changes = 0;
  for (let i = 1; i < history.length; i += 1) if (history[i] !== history[i - 1]) changes += 1;
  return changes;
};

/** A history that is not full yet counts as if it had been steady before. */
export const isFlapping = (history: FlapHistory, flapping: boolean): boolean =>
  changesIn(history) / (flapWindow - 1) >= (flapping ? lowShare : highShare);

/** Two bad observations in a row raise, two good ones clear (contract, Watches). */
const inARow = 2;

/** What was observed, as people are told it. */
export const Shown = z
  .object({
    word: z.enum(['good', 'fair', 'poor', 'unknown', 'online', 'offline']),
    score: z.number().exactOptional(),
  })
  .readonly();
export type Shown = z.infer<typeof Shown>;

/** One observation that teaches something, measured against a rule. */
export interface Observation {
  /** ms since 1970; never older than the one before. */
  readonly at: number;
  /** 'between' = in the gap between the two thresholds: neither bad nor good enough to clear. */
  readonly verdict: 'bad' | 'between' | 'good';
  readonly shown: Shown;
  /** Clearly worse than what was told last. */
  readonly worse: boolean;
}

/** How patient a rule is, in ms. */
export interface Patience {
  /** The badness must have held that long. */
  readonly afterMs?: number;
  /** Observations further apart than this are not "in a row". */
  readonly coldAfterMs: number;
}

const Verdict = z.enum(['bad', 'between', 'good']);

/** All that is remembered of one watch on one thing; plain JSON. */
export const AlertState = z
  .object({
    /** When the newest observation that taught was made. */
    at: z.number(),
    /** What is believed, once enough observations agree. */
    bad: z.boolean(),
    /** The observations in a row that agree; the count ends at two, `since` is the first of them. */
    run: z.object({ verdict: Verdict, count: z.number(), since: z.number() }).readonly(),
    /** Observations in a row that were clearly worse than what was told. */
    worse: z.number(),
    history: z.string().max(flapWindow),
    flapping: z.boolean(),
    /** The problem that people know of: when it began, and what they were told of it last. */
    problem: z.object({ since: z.number(), told: Shown }).readonly().exactOptional(),
    lastGood: Shown.exactOptional(),
  })
  .readonly();
export type AlertState = z.infer<typeof AlertState>;

export interface AlertEvent {
  readonly kind: 'raised' | 'worse' | 'cleared' | 'flapping' | 'steady' | 'gone';
  /** Whether the problem goes on: after 'steady' it may or may not. */
  readonly open: boolean;
  readonly at: number;
  /** When the problem began. */
  readonly since: number;
  readonly shown: Shown;
  /** What people were told last, or the last good observation. */
  readonly was?: Shown;
}

/** No state = nothing was learned yet. */
export interface Step {
  readonly state: AlertState | undefined;
  readonly event?: AlertEvent;
}

/** The state of something seen for the first time; with `badSince` it has been bad for long, which is no news. */
export const firstSeen = ({ at, verdict, shown }: Observation, badSince?: number): AlertState => ({
  at,
  bad: badSince !== undefined,
  run: { verdict, count: 1, since: at },
  worse: 0,
  history: remember('', verdict === 'bad'),
  flapping: false,
  ...(badSince === undefined ? {} : { problem: { since: badSince, told: shown } }),
  ...(verdict === 'bad' ? {} : { lastGood: shown }),
});

/** One step of the rule: what is believed next, and what people have to be told, if anything. */
export const advance = (patience: Patience, before: AlertState, seen: Observation): Step => {
  if (seen.verdict === 'good' && !seen.worse && isCalm(before, seen.at, patience.coldAfterMs))
    return { state: { ...before, at: seen.at, lastGood: seen.shown } };
  const run = nextRun(patience, before, seen);
  const bad = believedBad(patience, before.bad, run, seen.at);
  // With `after`, short changes are no news by the person's own wish: only what held can flap.
  const marked = patience.afterMs === undefined ? rawBad(before, seen) : bad;
  const history = remember(before.history, marked);
  const flapping = isFlapping(history, before.flapping);
  const worse = seen.worse ? Math.min(before.worse + 1, inARow) : 0;
  const kind = eventKind(before, { bad, flapping, worse });
  const open = kind === undefined ? before.problem !== undefined : flapping || bad;
  const since = before.problem?.since ?? run.since;
  const told = { since, told: seen.shown };
  const problem = kind === undefined ? before.problem : open ? told : undefined;
  const state: AlertState = {
    at: seen.at,
    bad,
    run,
    worse: kind === undefined ? worse : 0,
    history,
    flapping,
    ...optional('problem', problem),
    ...optional('lastGood', seen.verdict === 'bad' ? before.lastGood : seen.shown),
  };
  if (kind === undefined) return { state };
  const was = optional('was', before.problem?.told ?? before.lastGood);
  return { state, event: { kind, open, at: seen.at, since, shown: seen.shown, ...was } };
};

/** The silent end of something that was deleted or closed: an open problem is over, and there is no state to keep. */
export const gone = ({ problem }: AlertState, now: number): AlertEvent | undefined =>
  problem && { kind: 'gone', open: false, at: now, since: problem.since, shown: problem.told };

/** Whether a state must be written: while all stays as it is only its clock moves on, and a fleet has many such. */
export const isWorthStoring = (before: AlertState | undefined, after: AlertState): boolean =>
  before === undefined || !isSettled(before) || !isSettled(after);

const isSettled = ({ bad, run, worse, history }: AlertState): boolean =>
  worse === 0 && changesIn(history) === 0 && (run.verdict === 'bad') === bad;

/** Most of a fleet at every poll: good for so long that one more good observation only moves the clock on. */
export const isCalm = (before: AlertState, at: number, coldAfterMs: number): boolean =>
  !before.bad &&
  !before.flapping &&
  before.worse === 0 &&
  before.problem === undefined &&
  before.run.verdict === 'good' &&
  before.run.count === inARow &&
  before.history === goodAllAlong &&
  at - before.at <= coldAfterMs;

const nextRun = (
  { coldAfterMs }: Patience,
  before: AlertState,
  { verdict, at }: Observation,
): AlertState['run'] =>
  verdict === before.run.verdict && at - before.at <= coldAfterMs
    ? { ...before.run, count: Math.min(before.run.count + 1, inARow) }
    : { verdict, count: 1, since: at };

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
  now: Pick<AlertState, 'bad' | 'flapping' | 'worse'>,
): AlertEvent['kind'] | undefined => {
  if (now.flapping) return before.flapping ? undefined : 'flapping';
  if (before.flapping) return 'steady';
  if (now.bad !== before.bad) return now.bad ? 'raised' : 'cleared';
  return now.bad && now.worse === inARow ? 'worse' : undefined;
};

/** While a silence suppresses what happened: what people were told last, and the alert that told them. */
export const Held = z
  .object({ told: AlertState.exactOptional(), alertId: z.string().exactOptional() })
  .readonly();
export type Held = z.infer<typeof Held>;

/** What is kept of one watch on one thing from one poll to the next; plain JSON. */
export const WatchState = z.object({ state: AlertState, held: Held.exactOptional() }).readonly();
export type WatchState = z.infer<typeof WatchState>;
