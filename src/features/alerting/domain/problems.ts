import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { InTheMaking } from '../../../shared/in-the-making.ts';
import { optional } from '../../../shared/optional.ts';
import { limitKinds } from '../../watches/domain/limits.ts';
import type { AlertStateKey } from '../store.ts';
import type { Missing } from './alert-detail.ts';
import type { AlertState, Shown } from './alert-state.ts';
import type { StateIndex } from './alert-states.ts';
import type { EvaluationIndex } from './evaluation-index.ts';
import { limitsKey, sessionOfState } from './limit-rule.ts';
import { shownOf } from './quality-rule.ts';

/** What is wrong now with one target of an agent, or with the agent itself, by all watches of a conversation. */
export interface Problem {
  /** '' = the agent itself. */
  readonly sessionId: SessionId | '';
  readonly watchIds: readonly string[];
  readonly isUnsteady: boolean;
  /** It only counts because it is unsteady: by itself it would be over. */
  readonly isOver: boolean;
  /** The newest reading was good: one alone ends nothing, but it is no time to begin to tell of it. */
  readonly isDoubted: boolean;
  /** When it began, in ms since 1970. */
  readonly since: number;
  /** When `shown` was measured, in ms since 1970. */
  readonly at: number;
  /** Absent without a new reading that counts. */
  readonly shown?: Shown;
  /** What was shown when it began. */
  readonly atFirst: Shown;
  readonly was?: Shown;
  readonly missing?: Missing;
}

/** Why something is no problem any more. 'usual' = it is away as usual, which was not known when it was notified. */
export type EndReason = 'over' | 'closed' | 'gone' | 'usual' | 'unwatched';

/** The states after a poll: those that it changed, and all others as they were. */
export interface ProblemFinder {
  /** The open problems of an agent by these watches. */
  problemsOf(watchIds: readonly string[], agentId: AgentId): readonly Problem[];
  /** Undefined if this poll did not end it. */
  endOf(key: AlertStateKey): Exclude<EndReason, 'usual'> | undefined;
  /** Agents are missing because another account is read now. */
  readonly anotherAccount: boolean;
}

export const createProblemFinder = (
  book: Pick<StateIndex, 'ofWatch'>,
  evaluated: Pick<EvaluationIndex, 'of' | 'anotherAccount'>,
): ProblemFinder => ({
  anotherAccount: evaluated.anotherAccount,
  problemsOf: (watchIds, agentId) => {
    const found = new Map<SessionId | '', Problem>();
    for (const watchId of watchIds) {
      const news = evaluated.of(watchId, agentId);
      for (const [sessionId, { state }] of book.ofWatch(watchId).get(agentId) ?? [])
        if (!news.some((one) => one.sessionId === sessionId))
          add(found, problemOf(watchId, sessionId, state, undefined));
      for (const { sessionId, after, reading, shown } of news)
        if (after !== undefined)
          add(found, problemOf(watchId, sessionId, after, shown ?? (reading && shownOf(reading))));
    }
    return [...found.values()];
  },
  endOf: ({ watchId, agentId, sessionId }) => {
    const keys = [sessionId, limitsKey(sessionId)];
    const ended = evaluated.of(watchId, agentId).filter((one) => keys.includes(one.sessionId));
    const [evaluation] = ended;
    if (evaluation === undefined) return undefined;
    if (ended.some(({ after }) => after !== undefined)) return 'over';
    if (ended.every(({ event }) => event === undefined)) return 'unwatched';
    return evaluation.view === undefined ? 'gone' : 'closed';
  },
});

const problemOf = (
  watchId: string,
  key: SessionId | '',
  { problem, bad, flapping, run, at, lastGood }: AlertState,
  shown: Shown | undefined,
): Problem | undefined => {
  if (problem === undefined) return undefined;
  const found: InTheMaking<Problem> = {
    sessionId: sessionOfState(key),
    watchIds: [watchId],
    isUnsteady: flapping,
    isOver: flapping && !bad,
    isDoubted: !flapping && run.verdict === 'good',
    since: problem.since,
    at,
    atFirst: problem.told,
  };
  // One good reading is no end yet, and what comes and goes would change its card all the time.
  if (run.verdict === 'bad' && !flapping && shown !== undefined) found.shown = shown;
  if (lastGood !== undefined) found.was = lastGood;
  return found;
};

/** The same target by two watches is one problem, which began when the first of them says. */
const add = (found: Map<SessionId | '', Problem>, problem: Problem | undefined): void => {
  if (problem === undefined) return;
  const same = found.get(problem.sessionId);
  found.set(problem.sessionId, same === undefined ? problem : together(same, problem));
};

/** Reads like a copy by spread, which takes several times as long: a storm has tens of thousands. */
const together = (some: Problem, other: Problem): Problem => {
  const { sessionId, at, atFirst, was, missing } = some.shown === undefined ? other : some;
  const shown = withOver(some.shown, other.shown);
  const both: InTheMaking<Problem> = {
    sessionId,
    watchIds: [...some.watchIds, ...other.watchIds.filter((id) => !some.watchIds.includes(id))],
    isUnsteady: some.isUnsteady && other.isUnsteady,
    isOver: some.isOver && other.isOver,
    isDoubted: some.isDoubted && other.isDoubted,
    since: Math.min(some.since, other.since),
    at,
    atFirst,
  };
  if (shown !== undefined) both.shown = shown;
  if (was !== undefined) both.was = was;
  if (missing !== undefined) both.missing = missing;
  return both;
};

/** The score that one of them shows, with the limits and what is usual as any of them does. */
const withOver = (some: Shown | undefined, other: Shown | undefined): Shown | undefined => {
  if (some === undefined || other === undefined) return some ?? other;
  const isByScore = some.over === undefined && other.over === undefined;
  if (isByScore && some.usual === undefined && other.usual === undefined)
    return some.word === 'unknown' ? other : some;
  const all = [some, other].flatMap((shown) => shown.over ?? []);
  const over = limitKinds.flatMap((kind) => all.find(({ what }) => what === kind) ?? []);
  const scored = some.word === 'unknown' ? other : some;
  const usual = some.usual ?? other.usual;
  return {
    ...scored,
    ...(over.length === 0 ? {} : { over }),
    ...optional('usual', usual),
  };
};
