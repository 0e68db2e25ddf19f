import type { Agent } from '../../../platform/agent.ts';
import { filterInSlices } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';

/** By what an owner field may name a person, each as `ownerKey` writes it. */
export type OwnerKeys = ReadonlySet<string>;

/**
 * How an address or an object id is compared: case, outer spaces and invisible signs do not matter, all else does. It
 * is stricter than the rule for names, for two people may have addresses that look alike.
 */
export const ownerKey = (text: string): string => text.replace(invisible, '').trim().toLowerCase();

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** What a person is known by. Nothing that was not read from the roster belongs here. */
export const ownerKeys = (known: readonly (string | undefined)[]): OwnerKeys =>
  new Set(known.map((one) => ownerKey(one ?? '')).filter((key) => key !== ''));

/** Whom the field names, each once; a list of several is taken apart. */
export const ownersOf = ({ customFields }: Pick<Agent, 'customFields'>, field: string): OwnerKeys =>
  ownerKeys(
    customFields
      .filter(({ name }) => fold(name) === fold(field))
      .flatMap(({ value }) => value.slice(0, longestField).split(/[\s,;|]+/u)),
  );

/** Far more than a handful of addresses. */
const longestField = 2000;

export type Ownership = 'own' | 'shared' | 'foreign';

/** 'shared' = the field names somebody else too, so nobody knows whose it is. */
export const ownershipOf = (
  agent: Pick<Agent, 'customFields'>,
  field: string,
  person: OwnerKeys,
): Ownership => {
  const owners = [...ownersOf(agent, field)];
  if (!owners.some((owner) => person.has(owner))) return 'foreign';
  return owners.every((owner) => person.has(owner)) ? 'own' : 'shared';
};

/** What belongs to one person. */
export interface Owned {
  readonly own: readonly AgentView[];
  /** How many more name somebody else too. */
  readonly shared: number;
}

export const ownedBy = async (
  person: OwnerKeys,
  agents: readonly AgentView[],
  field: string,
): Promise<Owned> => {
  if (person.size === 0) return { own: [], shared: 0 };
  const named = await filterInSlices(
    agents,
    ({ agent }) => ownershipOf(agent, field, person) !== 'foreign',
  );
  const own = named.filter(({ agent }) => ownershipOf(agent, field, person) === 'own');
  return { own, shared: named.length - own.length };
};

/** The one agent that is a person's, and nobody else's; nothing where there is none or several. */
export const onlyOwn = ({ own, shared }: Owned): AgentView | undefined =>
  own.length === 1 && shared === 0 ? own[0] : undefined;
