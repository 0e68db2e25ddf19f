import { failingAmong, type Suspect, traitsAmong } from './common-cause.ts';
import type { FleetIndex } from './fleet-index.ts';
import { targetKey } from './reach.ts';
import { isPlace, type Trait } from './traits.ts';

/** So many share it at least, if one of them does not, and such a share of them. */
const enough = 3;
const nearlyAll = 0.8;

/**
 * Whether another one suffers from what these members suffer from: the same target fails, or they share what
 * explains it. 'unknown' = nothing that they have in common explains it; but a server does not go home with laptops.
 */
export const sameCauseAs = (
  members: readonly Suspect[],
  index: FleetIndex,
): ((other: Suspect) => boolean | 'unknown') => {
  const isShared = (count: number): boolean =>
    count === members.length || (count >= enough && count >= members.length * nearlyAll);
  const failing = new Set(
    [...failingAmong(members)]
      .filter(([, { having }]) => isShared(having.length))
      .map(([key]) => key),
  );
  const isOffline = members.every(({ targets }) => targets.length === 0);
  const explains = (key: string, count: number): boolean => {
    const circle = index.circle(key);
    // An agent that is offline measures nothing, so it says nothing about what fails for others.
    const having = isOffline ? circle?.agents : circle?.online;
    return count >= enough && count >= (having ?? 0) * nearlyAll;
  };
  const traits = [...traitsAmong(members)];
  const causes = traits.filter(
    ([key, { having }]) => isShared(having.length) && explains(key, having.length),
  );
  const alike = traits.filter(
    ([, { trait, having }]) => isNature(trait) && having.length === members.length,
  );
  const isOfAnotherKind = (other: Suspect): boolean =>
    members.length >= enough && alike.some(([key]) => !other.traits.has(key));
  return (other) => {
    if (other.targets.some((target) => failing.has(targetKey(target)))) return true;
    if (causes.some(([key]) => other.traits.has(key))) return true;
    return causes.length === 0 && !isOfAnotherKind(other) ? 'unknown' : false;
  };
};

/** What an agent is, wherever it is. */
const isNature = (trait: Trait): boolean =>
  trait.kind === 'platform' || (trait.kind === 'field' && !isPlace(trait));
