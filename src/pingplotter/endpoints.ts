import type { KeyPermission } from '../core/errors.ts';

/**
 * Whether a call may be sent again. A mark of the endpoint, not of its method: both status calls are
 * POSTs that only read. 'once' = a second call could do the thing twice.
 */
export type Repeatable = 'read' | 'change' | 'once';

export interface Endpoint {
  /** As the manual names it: for logs and metrics, never with an id in it. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly repeatable: Repeatable;
  /** What the key lacks when the answer is 403; the manual names none for reads. */
  readonly permission?: KeyPermission;
}

export const endpoints = {
  agents: { name: 'GET /agents', method: 'GET', repeatable: 'read' },
  agent: { name: 'GET /agents/{uniqueId}', method: 'GET', repeatable: 'read' },
  customFields: { name: 'GET /agents/customfields', method: 'GET', repeatable: 'read' },
  create: {
    name: 'POST /agents',
    method: 'POST',
    repeatable: 'once',
    permission: 'AgentManagement',
  },
  agentStatus: { name: 'POST /agents/{uniqueId}/status', method: 'POST', repeatable: 'read' },
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
  status: { name: 'POST /agents/status', method: 'POST', repeatable: 'read' },
  sessions: { name: 'GET /sessions', method: 'GET', repeatable: 'read' },
} as const satisfies Readonly<Record<string, Endpoint>>;
