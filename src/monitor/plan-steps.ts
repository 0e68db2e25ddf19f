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
import type { AgentView } from '../core/overview.ts';
import type { Reading } from '../core/quality.ts';
import { stepQuality } from '../core/quality-alert.ts';
import { shownReading } from '../core/session-view.ts';
import type { AlertStateKey } from '../core/watch-stores.ts';
import type { StateBook } from './state-book.ts';
import type { WatchPlan } from './watch-matching.ts';
import type { WatchTerms } from './watch-plan.ts';

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
export const stepAgent = (plan: WatchPlan, view: AgentView, look: Look): readonly Occurrence[] => {
  const { id } = view.agent;
  const { about, left } = plan.groupsOf(view);
  const found: Occurrence[] = [];
  for (const { meets, watches } of about) {
    const isMet = meets?.(view) ?? true;
    for (const terms of watches)
      if (isMet || look.book.ofWatch(terms.id).has(id)) stepWatch(terms, view, look, found);
  }
  for (const { watches } of left)
    for (const terms of watches) found.push(...forgotten(terms.id, id, look, undefined));
  return found;
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

const stepWatch = (terms: WatchTerms, view: AgentView, look: Look, found: Occurrence[]): void => {
  const { id: watchId, presence, quality } = terms;
  const { agent, sessions } = view;
  const { book, marks, expectations, now } = look;
  const kept = book.ofWatch(watchId).get(agent.id);
  const note = (
    sessionId: string,
    before: KeptState | undefined,
    { state: after, event }: Step,
    reading: Reading | undefined,
  ): void => {
    if (!isSettled(before, after, event))
      found.push({ watchId, agentId: agent.id, sessionId, before, after, event, reading, view });
    // A restart forgets how far the clock of a settled state has moved on, and nobody minds.
    else if (after !== undefined && after !== before?.state) kept?.set(sessionId, { state: after });
  };
  if (presence !== undefined) {
    const before = kept?.get('');
    note('', before, stepPresence(presence, before?.state, view, look), undefined);
  }
  if (quality === undefined) return;
  const onlineSince = marks.get(agent.id)?.onlineSince;
  for (const session of sessions) {
    const reading = shownReading(session);
    if (reading === undefined) continue;
    const silent = session.state === 'paused' || !agent.online;
    const expected =
      expectations.length > 0 &&
      isExpected(expectations, { agent: agent.id, session: session.id }, now);
    const before = kept?.get(session.id);
    const sample = { reading, silent, expected, onlineSince };
    note(session.id, before, stepQuality(quality, before?.state, sample, now), reading);
  }
};

/** Nothing to store and nothing to tell, now or when a silence is over. Most of a fleet is like that. */
const isSettled = (
  before: KeptState | undefined,
  after: AlertState | undefined,
  event: AlertEvent | undefined,
): boolean => {
  if (event !== undefined || before?.held !== undefined) return false;
  if (after === before?.state) return true;
  return after !== undefined && !after.problem && !isWorthKeeping(before?.state, after);
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
