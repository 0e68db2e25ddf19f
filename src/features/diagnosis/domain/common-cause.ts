import type { Agent } from '../../../platform/agent.ts';

/** An agent and the targets to compare: the failing ones of a member, all of any other agent. */
export interface Suspect {
  readonly agent: Pick<Agent, 'id' | 'customFields' | 'network'>;
  readonly targets: readonly string[];
}

/** What all members share, or nearly all, and few other agents have. Its texts come from outside: escape them. */
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

/** So many share a cause at least, and such a share of the members, if one of them does not. */
const enough = 3;
const sharedBy = 0.8;
/** The smallest share of the agents with a trait that must be members, or it explains nothing. */
const memberShare = 0.8;

const kinds: readonly CommonCause['kind'][] = ['field', 'gateway', 'target'];
const placeField = /site|location|office|building|branch|city|region/iu;

/** Best first: what all members share, then a place, then other fields, then the gateway, then the target. */
export const commonCauses = (
  members: readonly Suspect[],
  others: readonly Suspect[],
): readonly CommonCause[] => {
  const shared = sharedTraits(members);
  if (shared.size === 0) return [];
  const traitsOfOthers = others.map(traitsOf);
  return [...shared]
    .map(([key, { trait, count }]) => ({
      ...trait,
      members: count,
      of: count + traitsOfOthers.filter((traits) => traits.has(key)).length,
    }))
    .filter((cause) => cause.members >= cause.of * memberShare)
    .sort(
      (a, b) =>
        Number(b.members === members.length) - Number(a.members === members.length) ||
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        Number(isPlace(b)) - Number(isPlace(a)) ||
        a.of - b.of,
    );
};

const sharedTraits = (members: readonly Suspect[]) => {
  const counted = new Map<string, { readonly trait: Trait; readonly count: number }>();
  for (const [key, trait] of members.flatMap((member) => [...traitsOf(member)]))
    counted.set(key, {
      trait: counted.get(key)?.trait ?? trait,
      count: (counted.get(key)?.count ?? 0) + 1,
    });
  const isShared = (count: number): boolean =>
    count === members.length || (count >= enough && count >= members.length * sharedBy);
  return new Map([...counted].filter(([, { count }]) => isShared(count)));
};

/** How many agents have a trait that may be a cause. They are counted when first asked, all of them at once. */
export type TraitCounts = (key: string) => number;

export const countTraits = (all: () => Iterable<Suspect>): TraitCounts => {
  let counts: Map<string, number> | undefined;
  return (key) => {
    if (counts === undefined) {
      counts = new Map();
      for (const suspect of all())
        for (const one of traitsOf(suspect).keys()) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    return counts.get(key) ?? 0;
  };
};

/**
 * Whether another one suffers from what these members suffer from: the same target fails, or they share what
 * explains it. 'unknown' = nothing that they have in common explains it.
 */
export const sameCauseAs = (
  members: readonly Suspect[],
  countOf: TraitCounts,
): ((other: Suspect) => boolean | 'unknown') => {
  const shared = [...sharedTraits(members)];
  const targets = shared.filter(([, { trait }]) => trait.kind === 'target');
  const causes = shared.filter(
    ([key, { count }]) => count >= enough && count >= countOf(key) * memberShare,
  );
  return (other) => {
    const traits = traitsOf(other);
    if ([...targets, ...causes].some(([key]) => traits.has(key))) return true;
    return causes.length === 0 ? 'unknown' : false;
  };
};

/** Whether a member has the cause that most of them share. */
export const sharesCause = (cause: Trait, member: Suspect): boolean =>
  traitsOf(member).has(keyOf(cause));

export const isPlace = ({ kind, name }: Trait): boolean =>
  kind === 'field' && placeField.test(name);

const keyOf = ({ kind, name, value }: Trait): string => `${kind}\n${name}\n${value}`.toLowerCase();

const traitsOf = ({ agent, targets }: Suspect): ReadonlyMap<string, Trait> => {
  const gateway = agent.network?.gateway;
  const traits: readonly Trait[] = [
    ...agent.customFields.map(({ name, value }) => ({ kind: 'field' as const, name, value })),
    ...(gateway === undefined ? [] : [{ kind: 'gateway' as const, name: '', value: gateway }]),
    ...targets.map((value) => ({ kind: 'target' as const, name: '', value })),
  ];
  return new Map(
    traits.filter(({ value }) => value.trim() !== '').map((trait) => [keyOf(trait), trait]),
  );
};
