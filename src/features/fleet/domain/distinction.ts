import type { Agent, AgentId } from '../../../platform/agent.ts';
import { inSlices } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';

type Known = Pick<Agent, 'id' | 'name' | 'machineName' | 'address'>;

/** Enough of an id to tell a handful of agents apart. */
const shortId = 8;

/**
 * The agents, those of one name with what tells them apart: the machine's name, else the address, else the
 * beginning of the id. `among` are others that may have the same names.
 */
export const distinguished = <T extends Known>(
  agents: readonly T[],
  among: readonly Known[] = [],
): readonly (T & Pick<Agent, 'distinction'>)[] => {
  const clashes = createClashes();
  for (const agent of agents) clashes.add(agent);
  for (const agent of among) clashes.add(agent);
  return withDistinctions(agents, clashes.distinctions());
};

/** The same, of a whole fleet, without keeping the event loop from everybody else. */
export const distinguishedInSlices = async <T extends Known>(
  agents: readonly T[],
  among: readonly Known[],
): Promise<readonly (T & Pick<Agent, 'distinction'>)[]> => {
  const clashes = createClashes();
  await inSlices(agents, clashes.add);
  await inSlices(among, clashes.add);
  return withDistinctions(agents, clashes.distinctions());
};

const withDistinctions = <T extends Known>(
  agents: readonly T[],
  found: ReadonlyMap<AgentId, string>,
): readonly (T & Pick<Agent, 'distinction'>)[] =>
  found.size === 0
    ? agents
    : agents.map((agent) => {
        const distinction = found.get(agent.id);
        return distinction === undefined ? agent : { ...agent, distinction };
      });

interface Clashes {
  add(agent: Known): void;
  /** Of those whose names came twice. */
  distinctions(): ReadonlyMap<AgentId, string>;
}

const createClashes = (): Clashes => {
  const firstOf = new Map<string, Known>();
  const clashes = new Map<string, Map<AgentId, Known>>();
  return {
    add: (agent) => {
      const name = fold(agent.name);
      const first = firstOf.get(name);
      // The first of an agent that comes twice is the newer one.
      if (first === undefined) firstOf.set(name, agent);
      else if (first.id !== agent.id) {
        const same = clashes.get(name) ?? new Map([[first.id, first]]);
        clashes.set(name, same);
        if (!same.has(agent.id)) same.set(agent.id, agent);
      }
    },
    distinctions: () => distinctionsOf([...clashes.values()]),
  };
};

const distinctionsOf = (
  clashes: readonly ReadonlyMap<AgentId, Known>[],
): ReadonlyMap<AgentId, string> => {
  const found = new Map<AgentId, string>();
  for (const same of clashes)
    for (const agent of same.values())
      found.set(agent.id, distinctionOf(agent, [...same.values()]));
  return found;
};

const distinctionOf = (agent: Known, same: readonly Known[]): string => {
  const ways: readonly ((one: Known) => string | undefined)[] = [
    ({ machineName }) => machineName,
    ({ address }) => address,
    ({ id }) => id.slice(0, shortId),
  ];
  const isOwn = (way: (typeof ways)[number]): boolean => {
    const mine = fold(way(agent) ?? '');
    return mine !== '' && same.filter((one) => fold(way(one) ?? '') === mine).length === 1;
  };
  return ways.find(isOwn)?.(agent) ?? agent.id;
};

/** What a distinction may take of a name's place. */
const longestDistinction = 24;

/** The name by which people know it from every other; plain text of at most so many signs. */
export const fullName = (
  { name, distinction }: Pick<Agent, 'name' | 'distinction'>,
  most = 80,
): string => {
  if (distinction === undefined) return name;
  const own = ` (${cut(distinction, longestDistinction)})`;
  return `${cut(name, Math.max(8, most - own.length))}${own}`;
};

const cut = (text: string, most: number): string => {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
};
