import type {
  Agent,
  AgentId,
  AgentStatus,
  ExpectedQuality,
  ListedSession,
  SessionId,
  SessionState,
} from './agent.ts';
import { optional } from './optional.ts';
import { expectedFirst, isStale, type QualityWord, type Reading, worstFirst } from './quality.ts';
import type { SeenSession } from './session-memory.ts';

/** An agent's state in one word; `unknown` = online, but without a fresh reading. */
export type Standing = 'poor' | 'fair' | 'offline' | 'never' | 'unknown' | 'paused' | 'good';

/** In the order of a fleet list: what needs somebody comes first. */
export const standings: readonly Standing[] = [
  'poor',
  'fair',
  'offline',
  'never',
  'unknown',
  'paused',
  'good',
];

export interface SessionView {
  readonly id: SessionId;
  readonly name: string;
  readonly address?: string;
  readonly state: SessionState;
  /** The expected quality definition's row first. */
  readonly readings: readonly Reading[];
  readonly expected?: ExpectedQuality;
  /** True when even its first reading is too old to tell about now. */
  readonly stale: boolean;
  readonly pausedBy?: SeenSession['pausedBy'];
}

export interface AgentView {
  readonly agent: Agent;
  readonly standing: Standing;
  /** 0–100, of the worst session; absent without a fresh reading. */
  readonly score?: number;
  readonly sessions: readonly SessionView[];
  /** 'seen' = the key may not list sessions: these are the ones that the bot has met. */
  readonly source: 'listed' | 'seen';
  /** Names of quality definitions by id, as far as any agent or session told them. */
  readonly definitions: ReadonlyMap<string, string>;
}

export interface FleetView {
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /** ms since 1970 */
  readonly takenAt: number;
  /** Agents whose answer could not be read. */
  readonly skipped: number;
}

export interface AgentFacts {
  readonly agent: Agent;
  readonly status?: AgentStatus | undefined;
  readonly listed?: readonly ListedSession[] | 'not permitted' | undefined;
  readonly seen?: readonly SeenSession[] | undefined;
  readonly definitions: ReadonlyMap<string, string>;
}

/** The names of quality definitions that these agents and sessions mention. */
export const definitionNames = (
  named: readonly { readonly expected?: ExpectedQuality }[],
): ReadonlyMap<string, string> =>
  new Map(named.flatMap(({ expected }) => (expected ? [[expected.id, expected.name]] : [])));

/** The reading that stands for a session: its expected quality's, else its worst. */
export const shownReading = ({
  readings,
  expected,
}: Pick<SessionView, 'readings' | 'expected'>): Reading | undefined => {
  const first = readings[0];
  return first !== undefined && first.definitionId === expected?.id
    ? first
    : [...readings].sort(worstFirst)[0];
};

/** Everything known of one agent, put together; `agent` and `status` may disagree on being online: the status is newer. */
export const viewAgent = (facts: AgentFacts, now: number, staleAfterMs: number): AgentView => {
  const { status, definitions } = facts;
  const agent: Agent = {
    ...facts.agent,
    online: status?.online ?? facts.agent.online,
    ...optional('wifi', status?.wifi ?? facts.agent.wifi),
    ...optional('vpn', status?.vpn ?? facts.agent.vpn),
    ...optional('lastSeen', laterSeen(status?.lastSeen, facts.agent.lastSeen)),
  };
  const sessions = viewSessions(facts, now, staleAfterMs);
  const shown = sessions
    .filter(({ state, stale }) => state === 'active' && !stale)
    .flatMap((session) => shownReading(session) ?? [])
    .sort(worstFirst)[0];
  return {
    agent,
    ...standingOf(agent, sessions, shown),
    sessions,
    source: isListed(facts.listed) ? 'listed' : 'seen',
    definitions,
  };
};

/** Sorts a fleet: by standing, then score, then name. */
export const byStanding = (a: AgentView, b: AgentView): number =>
  standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
  (a.score ?? 101) - (b.score ?? 101) ||
  a.agent.name.localeCompare(b.agent.name, undefined, { numeric: true });

export const countStandings = (
  agents: readonly Pick<AgentView, 'standing'>[],
): Readonly<Record<Standing, number>> => {
  const counts = { poor: 0, fair: 0, offline: 0, never: 0, unknown: 0, paused: 0, good: 0 };
  for (const { standing } of agents) counts[standing] += 1;
  return counts;
};

export const agentIds = (agents: readonly Agent[]): readonly AgentId[] =>
  agents.map(({ id }) => id);

const standingOf = (
  agent: Agent,
  sessions: readonly SessionView[],
  shown: Reading | undefined,
): { readonly standing: Standing; readonly score?: number } => {
  if (!agent.online) return { standing: agent.lastSeen === 'never' ? 'never' : 'offline' };
  if (shown !== undefined)
    return { standing: shown.word satisfies QualityWord, ...optional('score', shown.score) };
  const paused = sessions.length > 0 && sessions.every(({ state }) => state === 'paused');
  return { standing: paused ? 'paused' : 'unknown' };
};

const isListed = (listed: AgentFacts['listed']): listed is readonly ListedSession[] =>
  listed !== undefined && listed !== 'not permitted';

const viewSessions = (
  { agent, status, listed, seen = [] }: AgentFacts,
  now: number,
  staleAfterMs: number,
): readonly SessionView[] => {
  const targets = new Map((status?.targets ?? []).map((target) => [target.sessionId, target]));
  const complete = isListed(listed);
  const list = new Map((complete ? listed : []).map((one) => [one.id, one]));
  const memory = new Map(seen.map((one) => [one.id, one]));
  // A list is complete: memory only fills in for it where the key may not read it.
  const ids = new Set([...targets.keys(), ...list.keys(), ...(complete ? [] : memory.keys())]);
  return [...ids]
    .map((id): SessionView => {
      const target = targets.get(id);
      const entry = list.get(id);
      const remembered = memory.get(id);
      const expected = entry?.expected ?? agent.expected;
      const readings = expectedFirst(target?.readings ?? [], expected?.id);
      const session = { readings, ...optional('expected', expected) };
      const reading = shownReading(session);
      const state = stateOf(entry?.state, reading, target !== undefined, remembered);
      const address = entry?.address ?? target?.address ?? remembered?.address;
      return {
        id,
        name: entry?.name || target?.name || remembered?.name || id,
        ...optional('address', address),
        state,
        ...session,
        stale: reading === undefined || isStale(reading, now, staleAfterMs),
        ...(state === 'paused' ? optional('pausedBy', remembered?.pausedBy) : {}),
      };
    })
    .filter(({ state }) => state !== 'closed')
    .sort(bySession);
};

/** The list's word counts; without it the bot's own pause holds until a reading younger than the pause arrives. */
const stateOf = (
  listed: SessionState | undefined,
  reading: Reading | undefined,
  inStatus: boolean,
  remembered: SeenSession | undefined,
): SessionState => {
  if (listed !== undefined && listed !== 'unknown') return listed;
  const pausedAt = remembered?.pausedBy?.at;
  if (pausedAt !== undefined && (reading?.measuredAt ?? 0) <= pausedAt + settleMs) return 'paused';
  return inStatus ? 'active' : 'unknown';
};

/** A sample that was on its way when a pause arrived may still be stored after it. */
const settleMs = 15_000;

const sessionOrder: readonly SessionState[] = ['active', 'unknown', 'paused', 'closed'];

const bySession = (a: SessionView, b: SessionView): number => {
  const [first, second] = [shownReading(a), shownReading(b)];
  return (
    sessionOrder.indexOf(a.state) - sessionOrder.indexOf(b.state) ||
    worstFirst(first ?? { word: 'unknown' }, second ?? { word: 'unknown' }) ||
    a.name.localeCompare(b.name, undefined, { numeric: true })
  );
};

const laterSeen = (a: Agent['lastSeen'], b: Agent['lastSeen']): Agent['lastSeen'] =>
  typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : (a ?? b);
