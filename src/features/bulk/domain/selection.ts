import type { AgentId, StatusWord } from '../../../platform/agent.ts';
import { inSlices, sortInSlices } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';
import { byName } from '../../../shared/names.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { BulkAct, LeftOutSome, MemberDraft } from './job.ts';
import { type LeftOut, leftOutBy } from './member.ts';
import { nameBy, type Pattern } from './pattern.ts';

/** An agent that is to be changed, as the preview shows it. */
export interface Chosen extends MemberDraft {
  readonly statusWord: StatusWord;
  readonly score?: number | undefined;
  readonly online: boolean;
}

export interface Selection {
  /** Worst first. */
  readonly chosen: readonly Chosen[];
  /** The names of those that are not changed, worst first, by the reason. */
  readonly leftOut: ReadonlyMap<LeftOut, readonly string[]>;
}

/** Who of these agents, which come worst first, is changed, and who is left out and why. */
export const selectAgents = async (
  act: BulkAct,
  agents: readonly AgentView[],
  names?: ReadonlyMap<AgentId, string>,
): Promise<Selection> => {
  const chosen: Chosen[] = [];
  const leftOut = new Map<LeftOut, string[]>();
  await inSlices(agents, ({ agent, statusWord, score, sessions }) => {
    const { id, online } = agent;
    const renamed = optional('to', names?.get(id));
    const why = leftOutBy(act, { name: agent.name, online, sessions }, renamed);
    const name = fullName(agent);
    if (why === undefined)
      chosen.push({ agentId: id, name, from: agent.name, ...renamed, statusWord, score, online });
    else if (!leftOut.get(why)?.push(name)) leftOut.set(why, [name]);
  });
  return { chosen, leftOut };
};

const mostNamed = 3;

/** What a preview says of those that are left out. */
export const leftOutOf = ({ leftOut }: Pick<Selection, 'leftOut'>): readonly LeftOutSome[] =>
  [...leftOut].map(([why, names]) => ({
    why,
    count: names.length,
    names: names.slice(0, mostNamed),
  }));

/** The names that a pattern gives, numbered in the order of the names that they have. */
export const namesBy = async (
  pattern: Pattern,
  agents: readonly AgentView[],
): Promise<ReadonlyMap<AgentId, string>> => {
  const names = new Map<AgentId, string>();
  const inOrder = await sortInSlices(
    agents,
    (a, b) => byName(a.agent.name, b.agent.name) || byName(a.agent.id, b.agent.id),
  );
  await inSlices(inOrder, ({ agent }, index) => {
    names.set(agent.id, nameBy(pattern, agent, index + 1));
  });
  return names;
};

/** Names that must not be given. */
export interface NameFaults {
  /** Agents that would have no name. */
  readonly empty: readonly string[];
  /** Names that several agents would have, with who they are. */
  readonly same: readonly { readonly name: string; readonly agents: readonly string[] }[];
}

/** What is wrong with the new names, also beside agents of the fleet that stay as they are. */
export const nameFaults = async (
  names: ReadonlyMap<AgentId, string>,
  fleet: readonly AgentView[],
): Promise<NameFaults> => {
  const empty: string[] = [];
  const byNewName = new Map<
    string,
    { readonly name: string; readonly agents: string[]; given: boolean }
  >();
  await inSlices(fleet, ({ agent }) => {
    const to = names.get(agent.id);
    const shown = fullName(agent);
    if (to === '') {
      empty.push(shown);
      return;
    }
    const name = to ?? agent.name;
    // Two that have one name already, and keep it, are no fault of the pattern.
    const given = to !== undefined && to !== agent.name;
    const others = byNewName.get(fold(name));
    if (others === undefined) byNewName.set(fold(name), { name, agents: [shown], given });
    else {
      others.agents.push(shown);
      others.given ||= given;
    }
  });
  const same = [...byNewName.values()].filter(({ agents, given }) => given && agents.length > 1);
  return { empty, same };
};
