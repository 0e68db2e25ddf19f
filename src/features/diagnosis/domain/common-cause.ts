import type { Agent } from '../../../platform/agent.ts';

/** An agent, and the targets that count: those that fail for a member, all for anybody else. */
export interface Suspect {
  readonly agent: Pick<Agent, 'id' | 'customFields' | 'network'>;
  readonly targets: readonly string[];
}

/** What all members share and hardly anybody else has: outside text. */
export interface CommonCause {
  readonly kind: 'field' | 'gateway' | 'target';
  /** The custom field's name; empty for the others. */
  readonly name: string;
  readonly value: string;
  /** Members that have it, of all agents that have it: `14 of 15 at this site`. */
  readonly members: number;
  readonly of: number;
}

type Trait = Pick<CommonCause, 'kind' | 'name' | 'value'>;

/** Of all that have the trait, so many must be members. */
const memberShare = 0.8;

const kinds: readonly CommonCause['kind'][] = ['field', 'gateway', 'target'];
const placeField = /site|location|office|building|branch|city|region/iu;

/** Best first: a place before other fields, a field before the gateway, the gateway before the target. */
export const commonCauses = (
  members: readonly Suspect[],
  others: readonly Suspect[],
): readonly CommonCause[] => {
  const [first, ...rest] = members.map(traitsOf);
  if (first === undefined) return [];
  const strangers = others.map(traitsOf);
  return [...first]
    .filter(([key]) => rest.every((traits) => traits.has(key)))
    .map(([key, trait]) => ({
      ...trait,
      members: members.length,
      of: members.length + strangers.filter((traits) => traits.has(key)).length,
    }))
    .filter(({ of }) => members.length >= of * memberShare)
    .sort(
      (a, b) =>
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        Number(isPlace(b)) - Number(isPlace(a)) ||
        a.of - b.of,
    );
};

/** Whether the cause is a custom field that names a place. */
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
