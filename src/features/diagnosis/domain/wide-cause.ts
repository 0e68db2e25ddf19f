import type { CircleFacts, DiagnosisFacts } from './facts.ts';
import type { Tally } from './fleet-index.ts';
import { logChance, shareOf } from './significance.ts';
import { isSite } from './traits.ts';

/** Where it is broken. 'site' = at its place, nobody knows whether inside it or on its line. */
export type Cause =
  | 'wifi'
  | 'machine'
  | 'alone'
  | 'gateway'
  | 'line'
  | 'site'
  | 'provider'
  | 'service'
  | 'vpn'
  | 'platform'
  | 'version';

export interface WideCause {
  readonly cause: Cause;
  readonly circle?: CircleFacts;
  readonly what: { readonly what?: string };
}

interface Candidate extends WideCause {
  /** How likely it is by chance, as a logarithm to base ten. */
  readonly chance: number;
}

/** So many others have it too, and such a share of those inside; of those outside at most such a share has it. */
const enough = 2;
const shareInside = 0.7;
const shareOutside = 0.35;
/** By chance less often than once in a hundred, after all that was tried. */
const rare = -2;

/** What others have too: the widest that explains it beats a part of it. */
export const wideCause = (facts: DiagnosisFacts): WideCause | undefined => {
  const tried = facts.circles.length + 1;
  const found = [
    ...serviceOf(facts),
    ...facts.circles.flatMap((circle) => candidateOf(circle, facts)),
  ].filter(({ chance }) => chance + Math.log10(tried) <= rare);
  const best = found.toSorted((a, b) => a.chance - b.chance || rank(a) - rank(b))[0];
  if (best?.circle === undefined || !isSite(best.circle.trait)) return best;
  return found.find(({ cause }) => cause === 'provider') ?? best;
};

/** Whoever is wholly inside a VPN is seen at its address, as if all were at one place. */
const rank = ({ cause }: Candidate): number => (cause === 'vpn' ? 0 : 1);

/** The target is bad for most who trace it, while all else that they trace is fine. */
const serviceOf = ({ target, tracing, besides }: DiagnosisFacts): readonly Candidate[] =>
  target !== undefined && isApart(tracing, besides)
    ? [{ cause: 'service', what: {}, chance: chanceOf(tracing, besides) }]
    : [];

const candidateOf = (circle: CircleFacts, facts: DiagnosisFacts): readonly Candidate[] => {
  const { trait, inside, outside, near } = circle;
  const isNearBad = facts.near?.reach === 'badly';
  const compared = isNearBad ? near : circle;
  if (!isApart(compared.inside, compared.outside)) return [];
  const cause = causeOf(circle, facts);
  if (cause === undefined) return [];
  const chance = isNearBad ? chanceOf(near.inside, near.outside) : chanceOf(inside, outside);
  const isNamed = cause === 'provider' || cause === 'platform' || cause === 'version';
  return [{ cause, circle, chance, what: isNamed ? { what: trait.value } : {} }];
};

const causeOf = (circle: CircleFacts, facts: DiagnosisFacts): Cause | undefined => {
  const { trait, near } = circle;
  const isNearBad = facts.near?.reach === 'badly';
  switch (trait.kind) {
    case 'platform':
    case 'version':
      return trait.kind;
    case 'prefix':
      return isNearBad ? undefined : 'provider';
    case 'vpn':
    case 'pool':
      return isNearBad ? undefined : 'vpn';
    default:
      if (facts.target === undefined) return 'site';
      if (isNearBad || most(near.inside, 'badly')) return 'gateway';
      return facts.near?.reach === 'well' || most(near.inside, 'well') ? 'line' : 'site';
  }
};

const most = (tally: Tally, reach: 'well' | 'badly'): boolean =>
  tally[reach] >= enough && tally[reach] >= (tally.well + tally.badly) * shareInside;

const countedIn = ({ well, badly }: Tally) => ({ badly, counted: well + badly });

const isApart = (inside: Tally, outside: Tally): boolean =>
  inside.badly >= enough &&
  shareOf(countedIn(inside)) >= shareInside &&
  shareOf(countedIn(outside)) <= shareOutside;

const chanceOf = (inside: Tally, outside: Tally): number =>
  logChance(countedIn(inside), countedIn(outside));
