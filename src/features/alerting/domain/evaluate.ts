import type { AgentId, Reading } from '../../../platform/agent.ts';
import { type Expectation, isExpected } from '../../changes/domain/own-change.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { MeasuredSession, Sighting } from '../../fleet/domain/observation.ts';
import type { AgentMark } from '../../fleet/domain/snapshot.ts';
import type { AlertStateKey } from '../store.ts';
import {
  type AlertEvent,
  type AlertState,
  gone,
  isWorthKeeping,
  type KeptState,
  type Shown,
  type Step,
} from './alert-state.ts';
import { moveOn, type StateBook, type StatesOfAgent } from './alert-states.ts';
import { isStillOnline, stepOffline } from './offline-rule.ts';
import { isStillGood, shownOf, stepQuality } from './quality-rule.ts';
import type { WatchPlan, WatchTerms } from './watch-plan.ts';

/** What one look at one thing taught one watch. */
export interface Occurrence extends AlertStateKey {
  readonly before: KeptState | undefined;
  /** Absent = it is not watched any more, or not there: with a view only its target is closed. */
  readonly after: AlertState | undefined;
  readonly event: AlertEvent | undefined;
  /** What the session measured, taught or not. */
  readonly reading: Reading | undefined;
  /** Absent when the agent is gone, or the watch not about it any more. */
  readonly view: AgentView | undefined;
}

/** One moment of the fleet. */
export interface Look {
  readonly book: StateBook;
  readonly marks: ReadonlyMap<AgentId, AgentMark>;
  readonly expectations: readonly Expectation[];
  readonly now: number;
}

/** Steps every watch that is about this agent; what stayed as it was is left out. */
export const stepAgent = (
  plan: WatchPlan,
  sighting: Sighting,
  sessions: readonly MeasuredSession[],
  look: Look,
  found: Occurrence[],
): void => {
  const { id } = sighting.facts.agent;
  const { about, left } = plan.groupsOf(sighting);
  for (const { meets, watches } of about) {
    const isMet = meets?.(sighting.view) ?? true;
    for (const terms of watches) {
      const kept = look.book.ofWatch(terms.id).get(id);
      if (!isMet && kept === undefined) continue;
      stepPresence(terms, sighting, kept, look, found);
      stepSessions(terms, sighting, sessions, kept, look, found);
    }
  }
  for (const { watches } of left)
    for (const terms of watches) found.push(...forgotten(terms.id, id, look, undefined));
};

/** The end of all that was watched of agents that are no longer there. */
export const stepGone = ({ groups }: WatchPlan, look: Look): readonly Occurrence[] =>
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
  { book }: Look,
  goneAt: number | undefined,
): readonly Occurrence[] =>
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

const stepPresence = (
  { id: watchId, presence }: WatchTerms,
  sighting: Sighting,
  kept: StatesOfAgent | undefined,
  { expectations, now }: Look,
  found: Occurrence[],
): void => {
  if (presence === undefined) return;
  const { agent } = sighting.facts;
  const before = kept?.get('');
  const expected = isExpected(expectations, { agent: agent.id }, now);
  const seen = { online: agent.online, lastSeen: agent.lastSeen, expected };
  if (isFree(before) && isStillOnline(presence, before.state, seen, now)) {
    moveOn(before, now, shownOnline);
    return;
  }
  const step = stepOffline(presence, before?.state, seen, now);
  note({ watchId, sighting, sessionId: '', before, reading: undefined }, step, kept, found);
};

const shownOnline: Shown = { word: 'online' };

const stepSessions = (
  { id: watchId, quality }: WatchTerms,
  sighting: Sighting,
  sessions: readonly MeasuredSession[],
  kept: StatesOfAgent | undefined,
  { expectations, marks, now }: Look,
  found: Occurrence[],
): void => {
  if (quality === undefined) return;
  const { agent } = sighting.facts;
  const onlineSince = marks.get(agent.id)?.onlineSince;
  for (const { id: sessionId, reading, paused } of sessions) {
    const before = kept?.get(sessionId);
    const silent = paused || !agent.online;
    const expected =
      expectations.length > 0 &&
      isExpected(expectations, { agent: agent.id, session: sessionId }, now);
    const sample = { reading, silent, expected, onlineSince };
    if (isFree(before) && isStillGood(quality, before.state, sample, now)) {
      moveOn(before, reading.measuredAt ?? 0, shownOf(reading));
      continue;
    }
    const step = stepQuality(quality, before?.state, sample, now);
    note({ watchId, sighting, sessionId, before, reading }, step, kept, found);
  }
};

/** Known, and with nothing held back by a silence. */
const isFree = (kept: KeptState | undefined): kept is KeptState =>
  kept !== undefined && kept.held === undefined;

interface Subject extends Pick<Occurrence, 'watchId' | 'sessionId' | 'before' | 'reading'> {
  readonly sighting: Sighting;
}

const note = (
  { sighting, ...subject }: Subject,
  { state: after, event }: Step,
  kept: StatesOfAgent | undefined,
  found: Occurrence[],
): void => {
  const { before, sessionId } = subject;
  if (!isSettled(before, after, event))
    found.push({
      ...subject,
      agentId: sighting.facts.agent.id,
      after,
      event,
      view: sighting.view,
    });
  // A restart forgets how far the clock of a settled state has moved on, and nobody minds.
  else if (after !== undefined && after !== before?.state) kept?.set(sessionId, { state: after });
};

/** Nothing to store and nothing to tell, now or when a silence is over. */
const isSettled = (
  before: KeptState | undefined,
  after: AlertState | undefined,
  event: AlertEvent | undefined,
): boolean => {
  if (event !== undefined || before?.held !== undefined) return false;
  if (after === before?.state) return true;
  return after !== undefined && !after.problem && !isWorthKeeping(before?.state, after);
};
