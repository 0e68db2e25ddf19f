import type { AgentId } from '../core/agent.ts';
import {
  type AlertEvent,
  type AlertState,
  gone,
  isWorthKeeping,
  type Step,
} from '../core/alert.ts';
import { type Expectation, isExpected } from '../core/expectation.ts';
import type { AgentMark } from '../core/fleet-snapshot.ts';
import type { KeptState } from '../core/kept-state.ts';
import { type OfflineRule, stepOffline } from '../core/offline-alert.ts';
import { optional } from '../core/optional.ts';
import { type AgentView, type SessionView, shownReading } from '../core/overview.ts';
import type { Reading } from '../core/quality.ts';
import { type QualityRule, stepQuality } from '../core/quality-alert.ts';
import type { AlertStateKey } from '../core/watch-stores.ts';
import type { StateBook } from './state-book.ts';
import type { WatchGroup, WatchTerms } from './watch-plan.ts';

/** What one look at one thing taught one watch. */
export interface Occurrence extends AlertStateKey {
  readonly before: KeptState | undefined;
  /** Absent = it is not watched any more. */
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
  groups: readonly WatchGroup[],
  view: AgentView,
  look: Look,
): readonly Occurrence[] => {
  const { id } = view.agent;
  const found: Occurrence[] = [];
  for (const { meets, stays, watches } of groups) {
    const isMet = meets(view);
    for (const watch of watches) {
      const kept = look.book.ofWatch(watch.id).get(id);
      if (!isMet && kept === undefined) continue;
      if (isMet || stays(view)) stepWatch(watch, view, look, found);
      else found.push(...forgotten(watch.id, id, look, undefined));
    }
  }
  return found;
};

/** The end of all that was watched of agents that are no longer there. */
export const stepGone = (groups: readonly WatchGroup[], look: Look): readonly Occurrence[] =>
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

const stepWatch = (terms: WatchTerms, view: AgentView, look: Look, found: Occurrence[]): void => {
  const { id: watchId, presence, quality } = terms;
  const agentId = view.agent.id;
  const kept = look.book.ofWatch(watchId).get(agentId);
  const note = (sessionId: string, step: Step, reading: Reading | undefined): void => {
    const before = kept?.get(sessionId);
    const { state: after, event } = step;
    if (isSettled(before, step)) {
      if (after !== undefined && after !== before?.state)
        look.book.renew({ watchId, agentId, sessionId }, after);
    } else found.push({ watchId, agentId, sessionId, before, after, event, reading, view });
  };
  if (presence !== undefined)
    note('', stepPresence(presence, kept?.get('')?.state, view, look), undefined);
  if (quality === undefined) return;
  for (const session of view.sessions) {
    const reading = shownReading(session);
    if (reading === undefined) continue;
    const state = kept?.get(session.id)?.state;
    note(session.id, stepSession(quality, state, view, session, reading, look), reading);
  }
};

/** Nothing to store and nothing to tell, now or when a silence is over. Most of a fleet is like that. */
const isSettled = (before: KeptState | undefined, { state, event }: Step): boolean => {
  if (event !== undefined || before?.held !== undefined) return false;
  if (state === before?.state) return true;
  return (
    state !== undefined && state.problem === undefined && !isWorthKeeping(before?.state, state)
  );
};

const stepPresence = (
  rule: OfflineRule,
  state: AlertState | undefined,
  { agent }: AgentView,
  { expectations, now }: Look,
): Step => {
  const { id, online, lastSeen } = agent;
  const expected = isExpected(expectations, { agent: id }, now);
  return stepOffline(rule, state, { online, expected, ...optional('lastSeen', lastSeen) }, now);
};

const stepSession = (
  rule: QualityRule,
  state: AlertState | undefined,
  { agent }: AgentView,
  session: SessionView,
  reading: Reading,
  { expectations, marks, now }: Look,
): Step => {
  const sample = {
    reading,
    silent: session.state === 'paused' || !agent.online,
    expected: isExpected(expectations, { agent: agent.id, session: session.id }, now),
    ...optional('onlineSince', marks.get(agent.id)?.onlineSince),
  };
  return stepQuality(rule, state, sample, now);
};
