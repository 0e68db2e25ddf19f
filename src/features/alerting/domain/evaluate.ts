import type { AgentId, Reading } from '../../../platform/agent.ts';
import { isOwnChange, type OwnChangesByAgent } from '../../changes/domain/own-change.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { AgentObservation, MeasuredSession } from '../../fleet/domain/observation.ts';
import type { AgentMark } from '../../fleet/domain/snapshot.ts';
import type { UsualOf } from '../../history/ports.ts';
import type { AlertStateKey } from '../store.ts';
import {
  type AlertEvent,
  type AlertState,
  gone,
  isWorthStoring,
  type Shown,
  type Step,
  type WatchState,
} from './alert-state.ts';
import { refreshInPlace, type StateIndex, type StatesOfAgent } from './alert-states.ts';
import { limitsKey, type NewestBuckets, stepLimits } from './limit-rule.ts';
import { isStillOnline, stepOffline } from './offline-rule.ts';
import { isStillGood, shownBy, shownOf, stepQuality } from './quality-rule.ts';
import type { WatchPlan, WatchTerms } from './watch-plan.ts';

/** What one observation of an agent or session means to one watch. */
export interface Evaluation extends AlertStateKey {
  readonly before: WatchState | undefined;
  /** Absent = not watched any more, or gone. If `view` is present, only the target is gone. */
  readonly after: AlertState | undefined;
  readonly event: AlertEvent | undefined;
  /** The reading of the session, with or without a verdict. */
  readonly reading: Reading | undefined;
  /** What the card shows, where that is not the reading: of limits, which have none, and beside what is usual. */
  readonly shown?: Shown | undefined;
  /** Absent if the agent is gone, or the watch does not match it any more. */
  readonly view: AgentView | undefined;
}

export interface EvaluationContext {
  readonly book: StateIndex;
  readonly marks: ReadonlyMap<AgentId, AgentMark>;
  readonly ownChanges: OwnChangesByAgent;
  /** What scores usually are at this hour. Absent where no watch asks. */
  readonly usual?: UsualOf;
  /** Absent = this poll read none. */
  readonly buckets?: NewestBuckets;
  readonly now: number;
  /** What is known of agents that are missing now comes from another account. */
  readonly anotherAccount?: boolean;
}

/** Adds the evaluations of all watches that match this agent. Unchanged ones are left out. */
export const evaluateAgent = (
  plan: WatchPlan,
  observation: AgentObservation,
  sessions: readonly MeasuredSession[],
  context: EvaluationContext,
  found: Evaluation[],
): void => {
  const { id } = observation.facts.agent;
  const { about, left } = plan.groupsOf(observation);
  for (const { meets, watches } of about) {
    const isMet = meets?.(observation.view) ?? true;
    for (const terms of watches) {
      const states = context.book.ofWatch(terms.id).get(id);
      if (!isMet && states === undefined) continue;
      evaluateOffline(terms, observation, states, context, found);
      evaluateQuality(terms, observation, sessions, states, context, found);
      evaluateLimits(terms, observation, states, context, found);
    }
  }
  for (const { watches } of left)
    for (const terms of watches) found.push(...forgotten(terms.id, id, context, undefined));
};

/** Ends the states of agents that no longer exist. */
export const evaluateRemoved = (
  { groups }: WatchPlan,
  context: EvaluationContext,
): readonly Evaluation[] =>
  groups.flatMap(({ watches }) =>
    watches.flatMap(({ id }) =>
      [...context.book.ofWatch(id).keys()]
        .filter((agentId) => !context.marks.has(agentId))
        .flatMap((agentId) => forgotten(id, agentId, context, context.now)),
    ),
  );

/** `goneAt` is set if the agent is gone, and undefined if the watch does not match it any more. */
const forgotten = (
  watchId: string,
  agentId: AgentId,
  { book, anotherAccount }: EvaluationContext,
  goneAt: number | undefined,
): readonly Evaluation[] =>
  [...(book.ofWatch(watchId).get(agentId) ?? [])].map(([sessionId, before]) => ({
    watchId,
    agentId,
    sessionId,
    before,
    after: undefined,
    event: goneAt === undefined ? undefined : gone(before.state, goneAt, anotherAccount),
    reading: undefined,
    view: undefined,
  }));

const evaluateOffline = (
  { id: watchId, presence }: WatchTerms,
  observation: AgentObservation,
  states: StatesOfAgent | undefined,
  { ownChanges, now }: EvaluationContext,
  found: Evaluation[],
): void => {
  if (presence === undefined) return;
  const { agent } = observation.facts;
  const before = states?.get('');
  const expected = isOwnChange(ownChanges, { agent: agent.id }, now);
  const seen = { online: agent.online, lastSeen: agent.lastSeen, expected };
  if (before !== undefined && isStillOnline(presence, before.state, seen, now)) {
    refreshInPlace(before, now, shownOnline);
    return;
  }
  const step = stepOffline(presence, before?.state, seen, now);
  note({ watchId, observation, sessionId: '', before, reading: undefined }, step, states, found);
};

const shownOnline: Shown = { word: 'online' };

const evaluateQuality = (
  { id: watchId, quality }: WatchTerms,
  observation: AgentObservation,
  sessions: readonly MeasuredSession[],
  states: StatesOfAgent | undefined,
  { ownChanges, marks, now, usual: usualOf }: EvaluationContext,
  found: Evaluation[],
): void => {
  if (quality === undefined) return;
  const isByUsual = 'worseThan' in quality.quality;
  const { agent } = observation.facts;
  const onlineSince = marks.get(agent.id)?.onlineSince;
  for (const { id: sessionId, reading, paused } of sessions) {
    const before = states?.get(sessionId);
    const silent = paused || !agent.online;
    const expected = isOwnChange(ownChanges, { agent: agent.id, session: sessionId }, now);
    const usual = isByUsual ? usualOf?.(sessionId) : undefined;
    const sample = { reading, silent, expected, onlineSince, usual };
    if (before !== undefined && isStillGood(quality, before.state, sample, now)) {
      refreshInPlace(before, reading.measuredAt ?? 0, shownOf(reading));
      continue;
    }
    const step = stepQuality(quality, before?.state, sample, now);
    const shown = isByUsual ? shownBy(quality.quality, sample) : undefined;
    note({ watchId, observation, sessionId, before, reading, shown }, step, states, found);
  }
};

const evaluateLimits = (
  { id: watchId, limits }: WatchTerms,
  observation: AgentObservation,
  states: StatesOfAgent | undefined,
  { buckets, ownChanges, marks, now }: EvaluationContext,
  found: Evaluation[],
): void => {
  if (limits === undefined || buckets === undefined || !observation.facts.agent.online) return;
  const { agent } = observation.facts;
  const onlineSince = marks.get(agent.id)?.onlineSince;
  for (const { id: session, state, readings, stale } of observation.view.sessions) {
    const bucket = state === 'paused' ? undefined : buckets.get(session);
    if (bucket === undefined) continue;
    const sessionId = limitsKey(session);
    const before = states?.get(sessionId);
    const expected = isOwnChange(ownChanges, { agent: agent.id, session }, now);
    const [reading] = stale ? [] : readings;
    const scored: Shown = reading === undefined ? { word: 'unknown' } : shownOf(reading);
    const sample = { bucket, scored, onlineSince, expected };
    const { shown, ...step } = stepLimits(limits, before?.state, sample, now);
    const subject = { watchId, observation, sessionId, before, reading: undefined, shown };
    note(subject, step, states, found);
  }
};

interface Subject
  extends Pick<Evaluation, 'watchId' | 'sessionId' | 'before' | 'reading' | 'shown'> {
  readonly observation: AgentObservation;
}

const note = (
  { observation, watchId, sessionId, before, reading, shown }: Subject,
  { state: after, event }: Step,
  states: StatesOfAgent | undefined,
  found: Evaluation[],
): void => {
  if (!isRoutine(before, after, event)) {
    const { view, facts } = observation;
    const agentId = facts.agent.id;
    // Named one by one: a storm makes tens of thousands, and a copy by spread takes several times as long.
    found.push({ watchId, agentId, sessionId, before, after, event, reading, shown, view });
  }
  // The new time of an unchanged state is not stored, and a restart may lose it without harm.
  else if (after !== undefined && after !== before?.state) states?.set(sessionId, { state: after });
};

/** True if there is nothing to store and nothing to notify. */
const isRoutine = (
  before: WatchState | undefined,
  after: AlertState | undefined,
  event: AlertEvent | undefined,
): boolean => {
  if (event !== undefined) return false;
  if (after === before?.state) return true;
  return after !== undefined && !after.problem && !isWorthStoring(before?.state, after);
};
