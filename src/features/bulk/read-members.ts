import type { Agent, AgentId, AgentStatus, ListedSession } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { PingPlotterCalls } from '../../platform/pingplotter.ts';
import { inSlices } from '../../platform/slices.ts';
import { groupBy } from '../../shared/grouped.ts';
import { updated } from '../fleet/domain/agent-view.ts';
import { seenIn } from '../fleet/domain/seen-sessions.ts';
import { isListed, viewSessions } from '../fleet/domain/session-view.ts';
import type { SeenSession, SessionMemory } from '../fleet/store.ts';
import type { BulkAct } from './domain/job.ts';
import type { MemberNow } from './domain/member.ts';

export interface ReadPorts {
  readonly api: PingPlotterCalls;
  readonly clock: Clock;
  /** Makes a call of PingPlotter in its turn. */
  readonly call: <T>(work: () => Promise<T>) => Promise<T>;
  readonly sessions: SessionMemory;
}

const needsSessions = (act: BulkAct): boolean => act === 'pause' || act === 'resume';

interface Facts {
  readonly agent: Agent;
  readonly status?: AgentStatus | undefined;
  readonly listed?: readonly ListedSession[] | 'not permitted' | undefined;
  readonly seen?: readonly SeenSession[] | undefined;
}

/** Only states count here, and no reading makes one. */
const anyAge = Number.MAX_SAFE_INTEGER;

const memberNow = (facts: Facts, at: number): MemberNow => {
  const { name, online } = updated(facts.agent, facts.status);
  return { name, online, sessions: viewSessions(facts.agent, facts, at, anyAge) };
};

/** One agent as it is now; nothing where PingPlotter does not know it any more. */
export const readMember = async (
  { api, clock, call, sessions }: ReadPorts,
  account: string,
  id: AgentId,
  act: BulkAct,
): Promise<MemberNow | undefined> => {
  try {
    const agent = await call(() => api.agent(id));
    if (agent.deleted) return undefined;
    if (!needsSessions(act)) return memberNow({ agent, listed: [] }, clock.now());
    const listed = await call(() => api.sessions(id));
    if (isListed(listed)) {
      await sessions.remember(account, id, seenIn(listed));
      return memberNow({ agent, listed }, clock.now());
    }
    const status = await call(() => api.agentStatus(id));
    const seen = await sessions.seen(account, id);
    return memberNow({ agent, status, listed, seen }, clock.now());
  } catch (error) {
    if (asAppError(error).code === 'not-found') return undefined;
    throw error;
  }
};

/** All agents of the account as they are now, by one call or two. */
export const readAllMembers = async (
  { api, clock, call, sessions }: ReadPorts,
  account: string,
  act: BulkAct,
): Promise<ReadonlyMap<AgentId, MemberNow>> => {
  const { agents } = await call(() => api.agents());
  const listed = needsSessions(act) ? await call(() => api.allSessions()) : [];
  const sessionsOf = isListed(listed) ? groupBy(listed, ({ agentId }) => agentId) : new Map();
  const unlisted = listed === 'not permitted';
  const ids = agents.map(({ id }) => id);
  const statuses = unlisted ? await call(() => api.status(ids)) : new Map();
  const seen = unlisted ? await sessions.all(account) : new Map();
  const found = new Map<AgentId, MemberNow>();
  await inSlices(agents, (agent) => {
    const { id, deleted } = agent;
    if (deleted) return;
    const own = unlisted ? 'not permitted' : (sessionsOf.get(id) ?? []);
    const facts = { agent, status: statuses.get(id), listed: own, seen: seen.get(id) };
    found.set(id, memberNow(facts, clock.now()));
  });
  return found;
};
