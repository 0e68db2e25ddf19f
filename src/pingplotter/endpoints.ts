import type { AgentId, SessionId } from '../platform/agent.ts';
import { AppError, type KeyPermission } from '../platform/errors.ts';
import type { TracePeriod } from '../platform/trace.ts';

/**
 * Whether a call may be sent again. It belongs to the endpoint, not to its method: both status calls are
 * POSTs that only read. 'once' = a second call could have a second effect.
 */
export type Repeatable = 'read' | 'change' | 'once';

export interface Endpoint {
  /** As the manual names it: for logs and metrics, never with an id in it. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly repeatable: Repeatable;
  /** What the key lacks when the answer is 403; the manual names none for reads. */
  readonly permission?: KeyPermission;
  /** What a key that gets 403 may not read. */
  readonly reads?: string;
  /** What a 429 is about, where that is not the account. */
  readonly limited?: 'session';
}

export const endpoints = {
  agents: { name: 'GET /agents', method: 'GET', repeatable: 'read', reads: 'agents' },
  agent: {
    name: 'GET /agents/{uniqueId}',
    method: 'GET',
    repeatable: 'read',
    reads: 'agents',
  },
  customFields: {
    name: 'GET /agents/customfields',
    method: 'GET',
    repeatable: 'read',
    reads: 'custom fields',
  },
  create: {
    name: 'POST /agents',
    method: 'POST',
    repeatable: 'once',
    permission: 'AgentManagement',
  },
  agentStatus: {
    name: 'POST /agents/{uniqueId}/status',
    method: 'POST',
    repeatable: 'read',
    reads: 'the scores of agents',
  },
  reconnect: {
    name: 'POST /agents/{uniqueId}/forcereconnect',
    method: 'POST',
    repeatable: 'once',
    permission: 'AgentManagement',
  },
  rename: {
    name: 'PUT /agents/{uniqueId}',
    method: 'PUT',
    repeatable: 'change',
    permission: 'AgentManagement',
  },
  setSession: {
    name: 'PUT /agents/{uniqueId}/session',
    method: 'PUT',
    repeatable: 'change',
    permission: 'TargetManagement',
  },
  setSessions: {
    name: 'PUT /agents/{uniqueId}/sessions',
    method: 'PUT',
    repeatable: 'change',
    permission: 'TargetManagement',
  },
  remove: {
    name: 'DELETE /agents',
    method: 'DELETE',
    repeatable: 'change',
    permission: 'AgentManagement',
  },
  status: {
    name: 'POST /agents/status',
    method: 'POST',
    repeatable: 'read',
    reads: 'the scores of agents',
  },
  sessions: { name: 'GET /sessions', method: 'GET', repeatable: 'read', reads: 'targets' },
  trace: {
    name: 'GET /session-trace-data/{id}/points',
    method: 'GET',
    repeatable: 'read',
    reads: 'trace data',
    limited: 'session',
  },
  liveShares: { name: 'GET /liveshares', method: 'GET', repeatable: 'read', reads: 'LiveShares' },
  createLiveShare: {
    name: 'POST /liveshares',
    method: 'POST',
    repeatable: 'once',
    permission: 'LiveShareManagement',
  },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** Ids that would turn the path into another one: neighbours of `/agents/{uniqueId}` and path steps. */
const notAnId = /^(?:\.{1,2}|customfields|status)$/i;

/** Rejects with 'not-found', without a call, for an id that no agent can have. */
export const agentPath = (id: AgentId): string => {
  if (notAnId.test(id)) throw new AppError('not-found', 'the id names no agent');
  return `/agents/${encodeId(id)}`;
};

export const sessionsPath = (agent: AgentId): string =>
  `/sessions?agentUniqueId=${encodeId(agent)}`;

/** Rejects with 'not-found', without a call, for an id that no session can have. */
export const tracePath = (session: SessionId, { from, until }: TracePeriod): string => {
  if (/^\.{1,2}$/.test(session)) throw new AppError('not-found', 'the id names no session');
  const time = (at: number): string => encodeURIComponent(new Date(at).toISOString());
  return `/session-trace-data/${encodeId(session)}/points?startTime=${time(from)}&endTime=${time(until)}`;
};

/** For ids that travel in a body: the same refusal of what cannot be one. */
export const checkedId = <Id extends AgentId | SessionId>(id: Id): Id => {
  encodeId(id);
  return id;
};

const encodeId = (id: string): string => {
  if (id.trim() === '') throw new AppError('not-found', 'the id is empty');
  try {
    return encodeURIComponent(id);
  } catch {
    throw new AppError('not-found', 'the id is no text'); // half of a surrogate pair
  }
};
