import { z } from 'zod';
import { evidence } from './evidence.ts';
import type { DiagnosisFacts } from './facts.ts';
import type { Tally } from './fleet-index.ts';
import type { Reach } from './reach.ts';
import { type Cause, wideCause } from './wide-cause.ts';
import { hasBadWifi } from './wifi.ts';

/** A diagnosis that has an answer, as an alert stores it. */
export const Likely = z
  .object({
    likely: z.string(),
    because: z.array(z.string()).readonly(),
    /** What of the cause's kind it is, like the provider's addresses. It comes from outside: escape it. */
    what: z.string().exactOptional(),
  })
  .readonly();
export type Likely = z.infer<typeof Likely>;

export interface Diagnosis {
  readonly likely?: Cause;
  readonly what?: string;
  /** Parts of a sentence, like `the gateway is bad too`, with text from outside in them. */
  readonly because: readonly string[];
}

/** How many counted agents prove something, and the share of them that must agree. */
const enough = 2;
const agreeing = 0.75;

/** Answers "Where is it broken?" by fixed rules. Gives no answer that the facts do not support. */
export const diagnose = (facts: DiagnosisFacts): Diagnosis => {
  const wide = wideCause(facts);
  const likely = wide?.cause ?? ownCause(facts);
  if (likely === undefined) return { because: [] };
  const what = wide === undefined ? {} : wide.what;
  return { likely, ...what, because: evidence(facts, likely, wide?.circle) };
};

/** Nobody else has it: what of the agent's own explains it. */
const ownCause = (facts: DiagnosisFacts): Cause | undefined => {
  if (facts.target === undefined) return ownAbsence(facts);
  const { near, neighbours, otherTargets, wifi } = facts;
  if (near?.reach === 'badly') return ownNearBad(facts);
  if (otherTargets.well > 0 && otherTargets.badly <= otherTargets.well) return undefined;
  if (!mostly('well', facts.tracing)) return undefined;
  if (near === undefined) {
    if (hasBadWifi(facts)) return 'wifi';
    return wifi === false && mostly('well', neighbours) ? 'machine' : undefined;
  }
  if (otherTargets.badly === 0 || mostly('well', neighbours)) return undefined;
  if (facts.changed === 'vpn-on') return 'vpn';
  return neighbours.well === 0 ? 'line' : undefined;
};

const ownNearBad = (facts: DiagnosisFacts): Cause | undefined => {
  const { otherTargets } = facts;
  // What is behind a bad router is bad too; a router alone may have measured badly by chance.
  if (otherTargets.well > otherTargets.badly || facts.target === facts.near?.name) return undefined;
  if (facts.wifi !== false && hasBadWifi(facts)) return 'wifi';
  return facts.wifi === false && mostly('well', facts.neighbours) ? 'machine' : undefined;
};

const ownAbsence = ({ neighbours, circles }: DiagnosisFacts): Cause | undefined => {
  if (mostly('well', neighbours)) return 'machine';
  if (neighbours.well + neighbours.badly > 0) return undefined;
  const provider = circles.findLast(({ trait }) => trait.kind === 'prefix');
  return provider !== undefined && mostly('well', provider.inside) ? 'alone' : undefined;
};

export const mostly = (reach: Reach, tally: Tally): boolean => {
  const counted = tally.well + tally.badly;
  return counted >= enough && tally[reach] >= counted * agreeing;
};
