import type { SimulatedAgent } from './agent.ts';
import { presentAgent } from './present.ts';

/** All agents, in the order in which they came, templates and deleted ones included. */
export interface World {
  agents(): readonly SimulatedAgent[];
  agent(id: string): SimulatedAgent | undefined;
  put(agent: SimulatedAgent): void;
  /** False when there is no such agent. */
  change(id: string, change: (agent: SimulatedAgent) => SimulatedAgent): boolean;
  /** Takes it away as if it had never been. */
  drop(id: string): boolean;
}

export const createWorld = (
  agents: readonly SimulatedAgent[],
  now: () => number,
  sampleEveryMs?: number,
): World => {
  const known = new Map(agents.map((agent) => [agent.id, agent]));
  const agent: World['agent'] = (id) => {
    const found = known.get(id);
    return found && presentAgent(found, now(), sampleEveryMs);
  };
  return {
    agents: () => [...known.values()].map((each) => presentAgent(each, now(), sampleEveryMs)),
    agent,
    put: (added) => {
      known.set(added.id, added);
    },
    change: (id, change) => {
      const found = agent(id);
      if (found !== undefined) known.set(id, change(found));
      return found !== undefined;
    },
    drop: (id) => known.delete(id),
  };
};
