import type { AgentId } from '../platform/agent.ts';

/** By agent id, since when it is in no poll, in ms since 1970. */
export type LeftAgents = Readonly<Record<AgentId, number>>;

/** An agent may come back, and who paused a target of it shall be known then. */
const rememberedMs = 7 * 24 * 60 * 60_000;

/**
 * Of the agents whose sessions are remembered, those that are in the fleet no more, and those of them that
 * have been away for so long that their sessions are forgotten.
 */
export const agentsLeft = (
  before: LeftAgents | undefined,
  remembered: Iterable<AgentId>,
  isListed: (agent: AgentId) => boolean,
  now: number,
): { readonly left: LeftAgents; readonly forgotten: readonly AgentId[] } => {
  const known = new Map(Object.entries(before ?? {}));
  const left: [AgentId, number][] = [];
  const forgotten: AgentId[] = [];
  for (const agent of remembered) {
    if (isListed(agent)) continue;
    const since = Math.min(known.get(agent) ?? now, now);
    if (now - since >= rememberedMs) forgotten.push(agent);
    else left.push([agent, since]);
  }
  return { left: Object.fromEntries(left), forgotten };
};
