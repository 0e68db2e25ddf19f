import type { AgentMark, FleetSnapshot } from '../core/fleet-snapshot.ts';

/**
 * Whether a snapshot must be written. That an online agent was heard of again is no news: it is again
 * at every sweep, and the moment counts only once the agent is offline.
 */
export const isSnapshotNews = (before: FleetSnapshot | undefined, after: FleetSnapshot): boolean =>
  before === undefined ||
  before.agents.length !== after.agents.length ||
  after.agents.some((mark, index) => !isSame(before.agents[index], mark));

const isSame = (a: AgentMark | undefined, b: AgentMark): boolean =>
  a !== undefined &&
  a.id === b.id &&
  a.name === b.name &&
  a.online === b.online &&
  a.missed === b.missed &&
  a.onlineSince === b.onlineSince &&
  (b.online || a.lastSeen === b.lastSeen);
