import type { AgentId } from '../../../platform/agent.ts';
import { inSlices, sortInSlices } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';
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
  return isFiller(key) ? undefined : key;
};

/** Mostly the second sign says it. */
const isFiller = (key: string): boolean => {
  let first: string | undefined;
  for (const sign of key) {
    if (!/[\p{L}\p{N}]/u.test(sign)) continue;
    first ??= sign;
    if (sign !== first) return false;
  }
  return true;
};

/** Those that share a machine, by the machine's key: at least two each. */
export const sharedMachines = async <T>(
  agents: readonly T[],
  about: (agent: T) => Pick<OnMachine, 'machineId'>,
): Promise<ReadonlyMap<string, readonly T[]>> => {
  const byMachine = new Map<string, T[]>();
  await inSlices(agents, (agent) => {
    const key = machineKey(about(agent));
    if (key === undefined) return;
    const same = byMachine.get(key);
    if (same === undefined) byMachine.set(key, [agent]);
    else same.push(agent);
  });
  const shared = new Map<string, readonly T[]>();
  await inSlices([...byMachine], ([key, same]) => {
    if (same.length > 1) shared.set(key, same);
  });
  return shared;
};

/** Agents of a fleet that run on one machine. */
export type Machine = readonly AgentView[];

/** Each machine that several agents run on, by the first agent's name. */
export const machinesTwice = async (agents: readonly AgentView[]): Promise<readonly Machine[]> => {
  const shared = await sharedMachines(agents, ({ agent }) => agent);
  const machines: Machine[] = [];
  await inSlices([...shared.values()], (same) => void machines.push(same.toSorted(inOrder)));
  return sortInSlices(machines, ([a], [b]) =>
    a === undefined || b === undefined ? 0 : inOrder(a, b),
  );
};

const inOrder = (a: AgentView, b: AgentView): number =>
  byName(a.agent.name, b.agent.name) || byName(a.agent.id, b.agent.id);
