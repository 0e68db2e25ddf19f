import type { AgentId, Reading } from '../../../platform/agent.ts';
import { isOwnChange, type OwnChange } from '../../changes/domain/own-change.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { AgentObservation, MeasuredSession } from '../../fleet/domain/observation.ts';
import type { AgentMark } from '../../fleet/domain/snapshot.ts';
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
import { isStillOnline, stepOffline } from './offline-rule.ts';
import { isStillGood, shownOf, stepQuality } from './quality-rule.ts';
import type { WatchPlan, WatchTerms } from './watch-plan.ts';

/** What one look at one thing taught one watch. */
export interface Evaluation extends AlertStateKey {
  readonly before: WatchState | undefined;
  /** Absent = it is not watched any more, or not there: with a view only its target is closed. */
  readonly after: AlertState | undefined;
  readonly event: AlertEvent | undefined;
  /** What the session measured, taught or not. */
  readonly reading: Reading | undefined;
  /** Absent when the agent is gone, or the watch not about it any more. */
  readonly view: AgentView | undefined;
}

/** One moment of the fleet. */
export interface EvaluationContext {
  readonly book: StateIndex;
  readonly marks: ReadonlyMap<AgentId, AgentMark>;
  readonly ownChanges: readonly OwnChange[];
  readonly now: number;
}

/** Steps every watch that is about this agent; what stayed as it was is left out. */
export const evaluateAgent = (
  plan: WatchPlan,
  observation: AgentObservation,
  sessions: readonly MeasuredSession[],
  look: EvaluationContext,
  found: Evaluation[],
): void => {
  const { id } = observation.facts.agent;
  const { about, left } = plan.groupsOf(observation);
  for (const { meets, watches } of about) {
    const isMet = meets?.(observation.view) ?? true;
    for (const terms of watches) {
      const kept = look.book.ofWatch(terms.id).get(id);
      if (!isMet && kept === undefined) continue;
      evaluateOffline(terms, observation, kept, look, found);
      evaluateQuality(terms, observation, sessions, kept, look, found);
    }
  }
  for (const { watches } of left)
    for (const terms of watches) found.push(...forgotten(terms.id, id, look, undefined));
};

/** The end of all that was watched of agents that are no longer there. */
export const evaluateRemoved = (
  { groups }: WatchPlan,
  look: EvaluationContext,
): readonly Evaluation[] =>
  groups.flatMap(({ watches }) =>
    watches.flatMap(({ id }) =>
      [...look.book.ofWatch(id).keys()]
        .filter((agentId) => !look.marks.has(agentId))
        .flatMap((agentId) => forgotten(id, agentId, look, look.now)),
    ),
  );

/** With `goneAt` because the thing is gone; else because the watch is not about it any more. */
const forgotten = (
  watchId: string,
  agentId: AgentId,
  { book }: EvaluationContext,
  goneAt: number | undefined,
): readonly Evaluation[] =>
  [...(book.ofWatch(watchId).get(agentId) ?? [])].map(([sessionId, before]) => ({
    watchId,
    agentId,
    sessionId,
    before,
    after: undefined,
    event: goneAt === undefined ? undefined : gone(before.state, goneAt),
    reading: undefined,
    view: undefined,
  }));

const evaluateOffline = (
  { id: watchId, presence }: WatchTerms,
  observation: AgentObservation,
  kept: StatesOfAgent | undefined,
  { ownChanges, now }: EvaluationContext,
  found: Evaluation[],
): void => {
  if (presence === undefined) return;
  const { agent } = observation.facts;
  const before = kept?.get('');
  const expected = isOwnChange(ownChanges, { agent: agent.id }, now);
  const seen = { online: agent.online, lastSeen: agent.lastSeen, expected };
  if (isFree(before) && isStillOnline(presence, before.state, seen, now)) {
    refreshInPlace(before, now, shownOnline);
    return;
  }
  const step = stepOffline(presence, before?.state, seen, now);
  note(
    { watchId, observation: observation, sessionId: '', before, reading: undefined },
    step,
    kept,
    found,
  );
};

const shownOnline: Shown = { word: 'online' };

const evaluateQuality = (
  { id: watchId, quality }: WatchTerms,
  observation: AgentObservation,
  sessions: readonly MeasuredSession[],
  kept: StatesOfAgent | undefined,
  { ownChanges, marks, now }: EvaluationContext,
  found: Evaluation[],
): void => {
  if (quality === undefined) return;
  const { agent } = observation.facts;
  const onlineSince = marks.get(agent.id)?.onlineSince;
  for (const { id: sessionId, reading, paused } of sessions) {
    const before = kept?.get(sessionId);
    const silent = paused || !agent.online;
    const expected =
      ownChanges.length > 0 &&
      isOwnChange(ownChanges, { agent: agent.id, session: sessionId }, now);
    const sample = { reading, silent, expected, onlineSince };
    if (isFree(before) && isStillGood(quality, before.state, sample, now)) {
      refreshInPlace(before, reading.measuredAt ?? 0, shownOf(reading));
      continue;
    }
    const step = stepQuality(quality, before?.state, sample, now);
    note({ watchId, observation: observation, sessionId, before, reading }, step, kept, found);
  }
};

/** Known, and with nothing held back by a silence. */
const isFree = (kept: WatchState | undefined): kept is WatchState =>
  kept !== undefined && kept.held === undefined;

interface Subject extends Pick<Evaluation, 'watchId' | 'sessionId' | 'before' | 'reading'> {
  readonly observation: AgentObservation;
}

const note = (
  { observation, ...subject }: Subject,
  { state: after, event }: Step,
  kept: StatesOfAgent | undefined,
  found: Evaluation[],
): void => {
  const { before, sessionId } = subject;
  if (!isSettled(before, after, event))
    found.push({
      ...subject,
      agentId: observation.facts.agent.id,
      after,
      event,
      view: observation.view,
    });
  // A restart forgets how far the clock of a settled state has moved on, and nobody minds.
  else if (after !== undefined && after !== before?.state) kept?.set(sessionId, { state: after });
};

/** Nothing to store and nothing to tell, now or when a silence is over. */
const isSettled = (
  before: WatchState | undefined,
  after: AlertState | undefined,
  event: AlertEvent | undefined,
): boolean => {
  if (event !== undefined || before?.held !== undefined) return false;
  if (after === before?.state) return true;
  return after !== undefined && !after.problem && !isWorthStoring(before?.state, after);
};
