import type { AgentId } from '../../../platform/agent.ts';
import { fold } from '../../../shared/fold.ts';
import { groupBy } from '../../../shared/grouped.ts';
import { byName } from '../../../shared/names.ts';
import type { AgentView } from './agent-view.ts';

interface OnMachine {
  readonly id: AgentId;
  readonly machineId?: string | undefined;
}

/**
 * The same for two agents if and only if PingPlotter says that they run on one machine. Undefined if it says
 * nothing: an id of one repeated sign, like zeros, is a filler.
 */
export const machineKey = ({ machineId }: Pick<OnMachine, 'machineId'>): string | undefined => {
  const key = fold(machineId ?? '').trim();
  const signs = new Set(key.replace(/[^\p{L}\p{N}]/gu, ''));
  return signs.size < 2 ? undefined : key;
};

/** Those that share a machine, by the machine's key: at least two each. */
export const sharedMachines = <T extends OnMachine>(
  agents: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const byMachine = groupBy(agents, machineKey);
  const shared = new Map<string, readonly T[]>();
  for (const [key, same] of byMachine)
    if (key !== undefined && same.length > 1) shared.set(key, same);
  return shared;
};

/** Agents of a fleet that run on one machine. */
export type Machine = readonly AgentView[];

/** Each machine that several agents run on, by the first agent's name. */
export const machinesTwice = (agents: readonly AgentView[]): readonly Machine[] => {
  const views = new Map(agents.map((view) => [view.agent.id, view]));
  const inOrder = (a: AgentView, b: AgentView): number =>
    byName(a.agent.name, b.agent.name) || byName(a.agent.id, b.agent.id);
  return [...sharedMachines(agents.map(({ agent }) => agent)).values()]
    .map((same) => same.flatMap(({ id }) => views.get(id) ?? []).toSorted(inOrder))
    .toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : inOrder(a, b)));
};
