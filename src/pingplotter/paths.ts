import type { AgentId, SessionId } from '../core/agent.ts';
import { AppError } from '../core/errors.ts';

/** Ids that would turn the path into another one: neighbours of `/agents/{uniqueId}` and path steps. */
const notAnId = /^(?:\.{1,2}|customfields|status)$/i;

/** Rejects with 'not-found', without a call, for an id that no agent can have. */
export const agentPath = (id: AgentId): string => {
  if (notAnId.test(id)) throw new AppError('not-found', 'the id names no agent');
  return `/agents/${encodeId(id)}`;
};

export const sessionsPath = (agent: AgentId): string =>
  `/sessions?agentUniqueId=${encodeId(agent)}`;

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
