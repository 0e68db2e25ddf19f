import type { Agent } from '../../../platform/agent.ts';

/** An agent and the targets to compare: the failing ones of a member, all of any other agent. */
export interface Suspect {
  readonly agent: Pick<Agent, 'id' | 'customFields' | 'network'>;
  readonly targets: readonly string[];
}

/** What all members share and few other agents have. Its texts come from outside: escape them. */
export interface CommonCause {
  readonly kind: 'field' | 'gateway' | 'target';
  /** The custom field's name; empty for the others. */
  readonly name: string;
  readonly value: string;
  /** How many members have it, and how many agents in all: `14 of 15 at this site`. */
  readonly members: number;
  readonly of: number;
}

type Trait = Pick<CommonCause, 'kind' | 'name' | 'value'>;

/** The smallest share of the agents with a trait that must be members, or it explains nothing. */
const memberShare = 0.8;

const kinds: readonly CommonCause['kind'][] = ['field', 'gateway', 'target'];
const placeField = /site|location|office|building|branch|city|region/iu;

/** Best first: a place, then other fields, then the gateway, then the target. */
export const commonCauses = (
  members: readonly Suspect[],
  others: readonly Suspect[],
): readonly CommonCause[] => {
  const [first, ...rest] = members.map(traitsOf);
  if (first === undefined) return [];
  const traitsOfOthers = others.map(traitsOf);
  return [...first]
    .filter(([key]) => rest.every((traits) => traits.has(key)))
    .map(([key, trait]) => ({
      ...trait,
      members: members.length,
      of: members.length + traitsOfOthers.filter((traits) => traits.has(key)).length,
    }))
    .filter(({ of }) => members.length >= of * memberShare)
    .sort(
      (a, b) =>
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        Number(isPlace(b)) - Number(isPlace(a)) ||
        a.of - b.of,
    );
};

export const isPlace = ({ kind, name }: Trait): boolean =>
  kind === 'field' && placeField.test(name);

const traitsOf = ({ agent, targets }: Suspect): ReadonlyMap<string, Trait> => {
  const gateway = agent.network?.gateway;
  const traits: readonly Trait[] = [
    ...agent.customFields.map(({ name, value }) => ({ kind: 'field' as const, name, value })),
    ...(gateway === undefined ? [] : [{ kind: 'gateway' as const, name: '', value: gateway }]),
    ...targets.map((value) => ({ kind: 'target' as const, name: '', value })),
  ];
  return new Map(
    traits
      .filter(({ value }) => value.trim() !== '')
      .map((trait) => [`${trait.kind}\n${trait.name}\n${trait.value}`.toLowerCase(), trait]),
  );
};
