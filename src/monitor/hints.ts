import type { AgentId } from '../core/agent.ts';

/** Hints come in bursts: one early look for all of them, and not one after another. */
const betweenLooksMs = 5000;
/** More than these are for the next sweep: it asks once for all. */
const mostAgents = 20;

/** Agents that something hinted at, until somebody looks. */
export interface Hints {
  add(agents: readonly AgentId[]): void;
  /** When to look; nothing while nobody hinted. */
  dueAt(): number | undefined;
  take(now: number): readonly AgentId[];
  /** A sweep has seen them all. */
  clear(): void;
}

export const createHints = (): Hints => {
  const agents = new Set<AgentId>();
  let nextAt = 0;
  return {
    add: (hinted) => {
      for (const agent of hinted) if (agents.size < mostAgents) agents.add(agent);
    },
    dueAt: () => (agents.size === 0 ? undefined : nextAt),
    take: (now) => {
      const taken = [...agents];
      agents.clear();
      nextAt = now + betweenLooksMs;
      return taken;
    },
    clear: () => agents.clear(),
  };
};
