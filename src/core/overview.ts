import type {
  Agent,
  AgentId,
  AgentStatus,
  ExpectedQuality,
  ListedSession,
  SessionId,
  SessionState,
  TargetStatus,
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
  /** First the one that stands for the session, see shownReading; the others as they came. */
  readonly readings: readonly Reading[];
  readonly expected?: ExpectedQuality;
  /** True when its first reading is too old to tell about now, or there is none. */
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

/** The reading that stands for a session: its expected quality's, else its worst fresh one, else its worst. */
export const shownReading = ({ readings }: Pick<SessionView, 'readings'>): Reading | undefined =>
  readings[0];

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

// Made once: localeCompare with options is some thirty times slower, seconds for a large fleet.
const names = new Intl.Collator('en', { numeric: true });

/** Sorts a fleet: by standing, then score, then name. */
export const byStanding = (a: AgentView, b: AgentView): number =>
  standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
  (a.score ?? 101) - (b.score ?? 101) ||
  names.compare(a.agent.name, b.agent.name) ||
  // Pages must not shuffle agents of the same name.
  names.compare(a.agent.id, b.agent.id);

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
      const fresh = (reading: Reading): boolean => !isStale(reading, now, staleAfterMs);
      const readings = standingFirst(target?.readings ?? [], expected?.id, fresh);
      const reading = shownReading({ readings });
      const state = stateOf(entry?.state, target, remembered);
      const address = entry?.address ?? target?.address ?? remembered?.address;
      return {
        id,
        name: entry?.name || target?.name || remembered?.name || id,
        ...optional('address', address),
        state,
        readings,
        ...optional('expected', expected),
        stale: reading === undefined || !fresh(reading),
        ...(state === 'paused' ? optional('pausedBy', remembered?.pausedBy) : {}),
      };
    })
    .filter(({ state }) => state !== 'closed')
    .sort(bySession);
};

const standingFirst = (
  readings: readonly Reading[],
  expectedId: string | undefined,
  fresh: (reading: Reading) => boolean,
): readonly Reading[] => {
  const ordered = expectedFirst(readings, expectedId);
  if (ordered[0] === undefined || ordered[0].definitionId === expectedId) return ordered;
  // A definition that is no longer measured must not hide those that are.
  const measured = readings.some(fresh) ? readings.filter(fresh) : readings;
  const worst = measured.toSorted(worstFirst)[0];
  return worst === undefined ? readings : [worst, ...readings.filter((one) => one !== worst)];
};

/** The list's word counts; without it the bot's own pause holds until a reading younger than the pause arrives. */
const stateOf = (
  listed: SessionState | undefined,
  target: TargetStatus | undefined,
  remembered: SeenSession | undefined,
): SessionState => {
  if (listed !== undefined && listed !== 'unknown') return listed;
  const pausedAt = remembered?.pausedBy?.at;
  const youngest = Math.max(0, ...(target?.readings ?? []).map(({ measuredAt = 0 }) => measuredAt));
  if (pausedAt !== undefined && youngest <= pausedAt + settleMs) return 'paused';
  return target === undefined ? 'unknown' : 'active';
};

/** A sample that was on its way when a pause arrived may still be stored after it. */
const settleMs = 15_000;

const sessionOrder: readonly SessionState[] = ['active', 'unknown', 'paused', 'closed'];

const bySession = (a: SessionView, b: SessionView): number =>
  sessionOrder.indexOf(a.state) - sessionOrder.indexOf(b.state) ||
  worstFirst(told(a), told(b)) ||
  names.compare(a.name, b.name);

const told = (session: SessionView): Pick<Reading, 'word' | 'score'> =>
  (session.stale ? undefined : shownReading(session)) ?? { word: 'unknown' };

/** A moment says more than 'never', and that more than nothing. */
const laterSeen = (a: Agent['lastSeen'], b: Agent['lastSeen']): Agent['lastSeen'] => {
  const moments = [a, b].filter((seen) => typeof seen === 'number');
  return moments.length > 0 ? Math.max(...moments) : (a ?? b);
};
