import type {
  Agent,
  AgentStatus,
  ExpectedQuality,
  ListedSession,
  Reading,
  SessionId,
  SessionState,
  TargetStatus,
} from '../../../platform/agent.ts';
import { byName } from '../../../shared/names.ts';
import type { SeenSession } from '../store.ts';
import { byStatusReading, byWorstReading, isStale, shownReading } from './quality.ts';

export interface SessionView {
  readonly id: SessionId;
  readonly name: string;
  readonly address?: string | undefined;
  readonly state: SessionState;
  /** First the one that stands for the session, see shownReading; the others as they came. */
  readonly readings: readonly Reading[];
  readonly expected?: ExpectedQuality | undefined;
  /** True when its first reading is too old to count, or there is none. */
  readonly stale: boolean;
  readonly pausedBy?: SeenSession['pausedBy'] | undefined;
}

/** Where the list of an agent's sessions comes from. */
export interface SessionSources {
  readonly status?: AgentStatus | undefined;
  readonly listed?: readonly ListedSession[] | 'not permitted' | undefined;
  readonly seen?: readonly SeenSession[] | undefined;
}

export const isListed = (listed: SessionSources['listed']): listed is readonly ListedSession[] =>
  listed !== undefined && listed !== 'not permitted';

/** What is known of one session, from the status, the list and the bot's own memory. */
interface SessionFacts {
  readonly id: SessionId;
  readonly target: TargetStatus | undefined;
  readonly entry: ListedSession | undefined;
  readonly remembered: SeenSession | undefined;
}

/** What a definition is called, as far as the session or anybody says. */
export const definitionName = (
  { definitionId }: Reading,
  { expected }: Pick<SessionView, 'expected'>,
  definitions: ReadonlyMap<string, string>,
): string | undefined => {
  const name = expected?.id === definitionId ? expected.name : definitions.get(definitionId);
  return name === undefined || name.trim() === '' ? undefined : name;
};

/**
 * The readings that say something to a person: the one that stands for the session, whose word and score the
 * session has, and the others whose definition has a name. A bare score beside it could be of anything.
 */
export const namedReadings = (
  session: Pick<SessionView, 'expected' | 'readings'>,
  definitions: ReadonlyMap<string, string>,
): readonly Reading[] =>
  session.readings.filter(
    (reading, place) => place === 0 || definitionName(reading, session, definitions) !== undefined,
  );

const nothing: readonly never[] = [];

/** An agent has a handful of sessions, a poll has many agents: plain searches, no maps. */
const sessionFacts = ({
  status,
  listed,
  seen = nothing,
}: SessionSources): readonly SessionFacts[] => {
  const complete = isListed(listed);
  const entries = complete ? listed : nothing;
  const facts = (status?.targets ?? nothing).map((target) => ({
    id: target.sessionId,
    target,
    entry: entries.find(({ id }) => id === target.sessionId),
    remembered: seen.find(({ id }) => id === target.sessionId),
  }));
  const isNew = ({ id }: { readonly id: SessionId }): boolean =>
    !facts.some((known) => known.id === id);
  // A list is complete: memory only fills in for it where the key may not read it.
  const others = (complete ? entries : seen).filter(isNew).map(({ id }) => ({
    id,
    target: undefined,
    entry: entries.find((one) => one.id === id),
    remembered: seen.find((one) => one.id === id),
  }));
  return others.length === 0 ? facts : [...facts, ...others];
};

/** An agent's sessions that are not closed, the worst first. */
export const viewSessions = (
  agent: Pick<Agent, 'expected'>,
  sources: SessionSources,
  now: number,
  staleAfterMs: number,
): readonly SessionView[] => {
  const fresh = (reading: Reading): boolean => !isStale(reading, now, staleAfterMs);
  return sessionFacts(sources)
    .map((session) => viewSession(session, agent.expected, fresh))
    .filter(({ state }) => state !== 'closed')
    .sort(bySession);
};

const viewSession = (
  { id, target, entry, remembered }: SessionFacts,
  expectedOfAgent: ExpectedQuality | undefined,
  fresh: (reading: Reading) => boolean,
): SessionView => {
  const expected = entry?.expected ?? expectedOfAgent;
  const readings = byStatusReading(target?.readings ?? nothing, expected?.id, fresh);
  const reading = readings[0];
  const state = stateOf(entry?.state, target, remembered);
  return {
    id,
    name: entry?.name || target?.name || remembered?.name || id,
    address: entry?.address ?? target?.address ?? remembered?.address,
    state,
    readings,
    expected,
    stale: reading === undefined || !fresh(reading),
    pausedBy: state === 'paused' ? remembered?.pausedBy : undefined,
  };
};

/** Whether a session is paused, as far as its status and the stored sessions show. */
export const isPaused = (target: TargetStatus, remembered: SeenSession | undefined): boolean =>
  stateOf(undefined, target, remembered) === 'paused';

/** The list's word counts; without it the bot's own pause holds until a reading younger than the pause arrives. */
const stateOf = (
  listed: SessionState | undefined,
  target: TargetStatus | undefined,
  remembered: SeenSession | undefined,
): SessionState => {
  if (listed !== undefined && listed !== 'unknown') return listed;
  const pausedAt = remembered?.pausedBy?.at;
  const measuredSince = (at: number): boolean =>
    target?.readings.some(({ measuredAt = 0 }) => measuredAt > at) === true;
  if (pausedAt !== undefined && !measuredSince(pausedAt + settleMs)) return 'paused';
  return target === undefined ? 'unknown' : 'active';
};

/** A sample that was on its way when a pause arrived may still be stored after it. */
const settleMs = 15_000;

const sessionOrder: readonly SessionState[] = ['active', 'unknown', 'paused', 'closed'];

const bySession = (a: SessionView, b: SessionView): number =>
  sessionOrder.indexOf(a.state) - sessionOrder.indexOf(b.state) ||
  byWorstReading(scored(a), scored(b)) ||
  byName(a.name, b.name);

const scored = (session: SessionView): Pick<Reading, 'word' | 'score'> =>
  (session.stale ? undefined : shownReading(session)) ?? { word: 'unknown' };
