import type {
  Agent,
  AgentId,
  AgentStatus,
  ExpectedQuality,
  QualityWord,
  Reading,
  StatusWord,
} from '../../../platform/agent.ts';
import { withContact } from '../../../platform/agent-contact.ts';
import type { ErrorCode } from '../../../platform/errors.ts';
import type { Statuses } from '../../../platform/pingplotter.ts';
import { byName } from '../../../shared/names.ts';
import { optional } from '../../../shared/optional.ts';
import { byWorstReading, shownReading } from './quality.ts';
import { isListed, type SessionSources, type SessionView, viewSessions } from './session-view.ts';

/** In the order of a fleet list: what needs somebody comes first. */
export const statusOrder: readonly StatusWord[] = [
  'poor',
  'fair',
  'offline',
  'never',
  'unknown',
  'paused',
  'good',
];

export interface AgentView {
  readonly agent: Agent;
  /** When it was put together, ms since 1970: `ago` is measured from it. */
  readonly at: number;
  readonly statusWord: StatusWord;
  /** 0–100, of the worst session; absent without a fresh reading. */
  readonly score?: number | undefined;
  readonly sessions: readonly SessionView[];
  /**
   * Where the list of sessions comes from. 'seen' = the key may not list them: these are the ones that the bot has
   * met. 'status' = nobody asked for the list, as for a whole fleet.
   */
  readonly source: 'listed' | 'seen' | 'status';
  /** Names of quality definitions by id, as far as an agent or session has them. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly unread?: Unread;
}

/** What PingPlotter did not give out, while it told of the rest. */
export interface Unread {
  readonly scores?: ErrorCode;
  readonly sessions?: ErrorCode;
}

export interface FleetView {
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /** ms since 1970 */
  readonly takenAt: number;
  /** The same moment by the monotonic clock: how old it is. */
  readonly readAt: number;
  /** Agents whose answer could not be read. */
  readonly skipped: number;
  /** Why there are no scores. */
  readonly noScores?: ErrorCode;
  /** Of how many agents; of all if left out. */
  readonly noScoresOf?: number;
}

export interface AgentFacts extends SessionSources {
  readonly agent: Agent;
  readonly definitions: ReadonlyMap<string, string>;
  readonly unread?: Unread | undefined;
}

/** Why this agent has no scores, where others have theirs. */
export const scoresUnread = (
  { unread }: Pick<Statuses, 'unread'>,
  id: AgentId,
): Pick<AgentFacts, 'unread'> =>
  unread?.agents.has(id) === true ? { unread: { scores: unread.code } } : {};

/** The names of quality definitions that these agents and sessions mention, and those that are known besides. */
export const definitionNames = (
  named: readonly { readonly expected?: ExpectedQuality | undefined }[],
  besides: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> => {
  const names = new Map(besides);
  for (const { expected } of named)
    if (expected !== undefined && expected.name.trim() !== '')
      names.set(expected.id, expected.name);
  return names;
};

/** Everything known of one agent, put together; `agent` and `status` may disagree on being online: the status is newer. */
export const viewAgent = (facts: AgentFacts, now: number, staleAfterMs: number): AgentView => {
  const { status, definitions } = facts;
  const agent = updated(facts.agent, status);
  const sessions = viewSessions(facts.agent, facts, now, staleAfterMs);
  const shown = worstMeasured(sessions);
  return {
    agent,
    at: now,
    statusWord: statusOf(agent, sessions, shown),
    score: agent.online ? shown?.score : undefined,
    sessions,
    source: sourceOf(facts.listed),
    definitions,
    ...optional('unread', facts.unread),
  };
};

const sourceOf = (listed: SessionSources['listed']): AgentView['source'] => {
  if (isListed(listed)) return 'listed';
  return listed === undefined ? 'status' : 'seen';
};

/** The agent with what its status knows better: the status is newer. */
export const updated = (agent: Agent, status: AgentStatus | undefined): Agent => {
  if (status === undefined) return agent;
  const { online = agent.online, wifi = agent.wifi, vpn = agent.vpn } = status;
  const lastSeen = laterSeen(status.lastSeen, agent.lastSeen);
  return online === agent.online &&
    wifi === agent.wifi &&
    vpn === agent.vpn &&
    lastSeen === agent.lastSeen
    ? agent
    : withContact(agent, { online, wifi, vpn, lastSeen });
};

const worstMeasured = (sessions: readonly SessionView[]): Reading | undefined => {
  let worst: Reading | undefined;
  for (const session of sessions) {
    const reading = shownReading(session);
    if (session.state !== 'active' || session.stale || reading === undefined) continue;
    if (worst === undefined || byWorstReading(reading, worst) < 0) worst = reading;
  }
  return worst;
};

/** Sorts a fleet: by standing, then score, then name. */
export const byStatus = (a: AgentView, b: AgentView): number =>
  statusOrder.indexOf(a.statusWord) - statusOrder.indexOf(b.statusWord) ||
  (a.score ?? 101) - (b.score ?? 101) ||
  byName(a.agent.name, b.agent.name) ||
  // Pages must not shuffle agents of the same name.
  byName(a.agent.id, b.agent.id);

export const countStatuses = (
  agents: readonly Pick<AgentView, 'statusWord'>[],
): Readonly<Record<StatusWord, number>> => {
  const counts = { poor: 0, fair: 0, offline: 0, never: 0, unknown: 0, paused: 0, good: 0 };
  for (const { statusWord } of agents) counts[statusWord] += 1;
  return counts;
};

export const agentIds = (agents: readonly Agent[]): readonly AgentId[] =>
  agents.map(({ id }) => id);

const statusOf = (
  agent: Agent,
  sessions: readonly SessionView[],
  shown: Reading | undefined,
): StatusWord => {
  if (!agent.online) return agent.lastSeen === 'never' ? 'never' : 'offline';
  if (shown !== undefined) return shown.word satisfies QualityWord;
  const paused = sessions.length > 0 && sessions.every(({ state }) => state === 'paused');
  return paused ? 'paused' : 'unknown';
};

/** A moment says more than 'never', and that more than nothing. */
const laterSeen = (a: Agent['lastSeen'], b: Agent['lastSeen']): Agent['lastSeen'] => {
  if (typeof a !== 'number') return typeof b === 'number' ? b : (a ?? b);
  return typeof b === 'number' ? Math.max(a, b) : a;
};
