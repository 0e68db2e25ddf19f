import type { AgentId } from '../../../platform/agent.ts';
import type { Circle, FleetIndex, IndexedAgent, Tally } from './fleet-index.ts';
import { type TracedTarget, targetKey } from './reach.ts';
import { logChance, type Share, shareOf } from './significance.ts';
import { isPlace, type TracedAgent, type Trait, traitsOf } from './traits.ts';

/** One that is affected, and its failing targets. None = it is offline. */
export interface Suspect {
  readonly id: AgentId;
  readonly traits: ReadonlyMap<string, Trait>;
  readonly targets: readonly TracedTarget[];
}

export const suspectOf = (agent: TracedAgent, targets: readonly TracedTarget[]): Suspect => ({
  id: agent.id,
  traits: traitsOf(agent),
  targets,
});

/** What explains the affected best. Its texts come from outside: escape them. */
export interface CommonCause extends Trait {
  /** How many that have it are affected, and how many that have it there are: `14 of 15 at this site`. */
  readonly members: number;
  readonly of: number;
}

export interface FoundCause extends CommonCause {
  /** The ids of those that are affected and do not have it. */
  readonly strays: readonly AgentId[];
}

/** The rule that found it, as people judge it. */
export const groupRule = ({ kind }: Pick<CommonCause, 'kind'>): string => `group.${kind}`;

/** So many share a cause at least, and such a share of the affected. */
const enough = 2;
const sharedBy = 0.6;
/** The smallest share of those with a trait that must be affected, or it explains nothing. */
const affectedShare = 0.6;
/** By chance at most once in twenty, after all that was tried. */
const rare = Math.log10(0.05);

interface Candidate {
  readonly trait: Trait;
  readonly having: readonly Suspect[];
  readonly inside: Share;
  readonly outside: Share;
}

/**
 * The traits that explain the affected, best first: compared is the share among those that have it with the share among
 * the rest, by an exact test that is corrected for how many traits were tried.
 */
export const commonCauses = (
  affected: readonly Suspect[],
  index: FleetIndex,
): readonly FoundCause[] => {
  const tried = [...traitCandidates(affected, index), ...targetCandidates(affected, index)];
  return tried
    .map((candidate) => ({
      ...candidate,
      chance: logChance(candidate.inside, candidate.outside) + Math.log10(tried.length),
    }))
    .filter(({ chance, inside, outside }) => chance <= rare && isMore(inside, outside))
    .toSorted(
      (a, b) =>
        Math.round(a.chance) - Math.round(b.chance) ||
        b.having.length - a.having.length ||
        kinds.indexOf(a.trait.kind) - kinds.indexOf(b.trait.kind) ||
        Number(isPlace(b.trait)) - Number(isPlace(a.trait)) ||
        a.chance - b.chance,
    )
    .map(({ trait, having, inside }) => ({
      ...trait,
      members: inside.badly,
      of: inside.counted,
      strays: affected.filter((one) => !having.includes(one)).map(({ id }) => id),
    }));
};

/** Of two that explain it equally well. */
const kinds: readonly Trait['kind'][] = [
  'field',
  'vpn',
  'pool',
  'gateway',
  'line',
  'prefix',
  'target',
  'version',
  'platform',
];

const isMore = (inside: Share, outside: Share): boolean =>
  shareOf(inside) >= affectedShare && shareOf(inside) > 2 * shareOf(outside);

/** Whether so many of them have it that it may be the cause. */
const isShared = (count: number, all: number): boolean =>
  count >= enough && count >= all * sharedBy;

const traitCandidates = (affected: readonly Suspect[], index: FleetIndex): readonly Candidate[] => {
  const key = commonTarget(affected);
  const fleet = affectedIn(index.all, affected, index, key);
  return [...traitsAmong(affected)].flatMap(([traitKey, { trait, having }]) => {
    const circle = index.circle(traitKey);
    if (circle === undefined || !isShared(having.length, affected.length)) return [];
    const inside = affectedIn(circle, having, index, key);
    const outside = {
      badly: fleet.badly - inside.badly,
      counted: fleet.counted - inside.counted,
    };
    return [{ trait, having, inside, outside }];
  });
};

export interface Shared {
  readonly trait: Trait;
  readonly having: readonly Suspect[];
}

/** What they have, by its key, and who has it. */
export const traitsAmong = (suspects: readonly Suspect[]): ReadonlyMap<string, Shared> =>
  among(suspects, ({ traits }) => traits);

/** The targets that fail, by their keys. */
export const failingAmong = (suspects: readonly Suspect[]): ReadonlyMap<string, Shared> =>
  among(
    suspects,
    ({ targets }) =>
      new Map(
        targets.map((one) => [targetKey(one), { kind: 'target', name: '', value: one.name }]),
      ),
  );

const among = (
  suspects: readonly Suspect[],
  of: (suspect: Suspect) => ReadonlyMap<string, Trait>,
): ReadonlyMap<string, Shared> => {
  const found = new Map<string, { readonly trait: Trait; readonly having: Suspect[] }>();
  for (const suspect of suspects)
    for (const [key, trait] of of(suspect)) {
      const one = found.get(key) ?? { trait, having: [] };
      found.set(key, one);
      one.having.push(suspect);
    }
  return found;
};

/** The target that nearly all of them reach badly: only who traces it says anything about them. */
const commonTarget = (affected: readonly Suspect[]): string | undefined =>
  [...failingAmong(affected)].find(([, { having }]) => having.length >= affected.length * 0.8)?.[0];

/** Of a circle, who is affected: these, and others that are as bad; of all that anything is known of. */
const affectedIn = (
  circle: Circle,
  having: readonly Suspect[],
  index: FleetIndex,
  target: string | undefined,
): Share => {
  const isOffline = having.every(({ targets }) => targets.length === 0);
  const known = having.flatMap(({ id }) => index.agent(id) ?? []);
  const counts = (one: IndexedAgent): 'well' | 'badly' | undefined => {
    if (isOffline) return one.online ? 'well' : undefined;
    return target === undefined ? one.far : one.targets.get(target);
  };
  const others = isOffline
    ? { well: circle.online, badly: 0 }
    : target === undefined
      ? circle.far
      : (circle.byTarget.get(target) ?? { well: 0, badly: 0 });
  const well = others.well - known.filter((one) => counts(one) === 'well').length;
  const badly = others.badly - known.filter((one) => counts(one) === 'badly').length;
  return { badly: having.length + badly, counted: having.length + badly + well };
};

/** A target that fails for those that trace it, while they reach their other targets. */
const targetCandidates = (affected: readonly Suspect[], index: FleetIndex): readonly Candidate[] =>
  [...failingAmong(affected)]
    .filter(([, { having }]) => isShared(having.length, affected.length))
    .map(([key, { trait, having }]) => ({
      trait,
      having,
      inside: affectedIn(index.all, having, index, key),
      outside: shareIn(index.besides(key)),
    }));

const shareIn = ({ well, badly }: Tally): Share => ({ badly, counted: well + badly });
