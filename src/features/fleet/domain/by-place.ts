import type { AgentId } from '../../../platform/agent.ts';

/**
 * Finds what belongs to an agent in another list of the same fleet. It is nearly always at the same place, so an
 * index is made only if one is not: at 50,000 agents each takes 20 ms.
 */
export const finderByPlace = <T>(
  list: readonly T[],
  idOf: (one: T) => AgentId,
): ((id: AgentId, place: number) => T | undefined) => {
  let byId: ReadonlyMap<AgentId, T> | undefined;
  return (id, place) => {
    const candidate = list[place];
    if (candidate !== undefined && idOf(candidate) === id) return candidate;
    byId ??= new Map(list.map((one) => [idOf(one), one]));
    return byId.get(id);
  };
};
