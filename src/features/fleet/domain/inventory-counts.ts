import { filterInSlices } from '../../../platform/slices.ts';
import type { AgentView } from './agent-view.ts';
import { states } from './filter-conditions.ts';
import { machinesTwice } from './same-machine.ts';

/** The words of a filter whose agents somebody should see to. */
export const inventoryStates = ['stale', 'never', 'waiting'] as const;
export type InventoryState = (typeof inventoryStates)[number];

/** How many agents of a fleet somebody should see to. */
export interface InventoryCounts extends Readonly<Record<InventoryState, number>> {
  /** Agents that run on one machine with another. */
  readonly sharing: number;
  readonly machines: number;
}

export const countInventory = async (agents: readonly AgentView[]): Promise<InventoryCounts> => {
  const counts = { stale: 0, never: 0, waiting: 0 };
  for (const state of inventoryStates)
    counts[state] = (await filterInSlices(agents, states[state])).length;
  const machines = await machinesTwice(agents);
  return { ...counts, sharing: machines.flat().length, machines: machines.length };
};
