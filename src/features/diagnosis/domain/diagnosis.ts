import { z } from 'zod';

/** A diagnosis that has an answer, as an alert stores it. */
export const Likely = z
  .object({ likely: z.string(), because: z.array(z.string()).readonly() })
  .readonly();
export type Likely = z.infer<typeof Likely>;

export type Reach = 'well' | 'badly';

/** Counts agents or targets. It proves something only if they are enough and nearly all agree. */
export interface Tally {
  readonly well: number;
  readonly badly: number;
}

/** What is known about one agent's problem. Unknown facts are absent. */
export interface DiagnosisFacts {
  /** The target that fails; absent = the agent is offline. */
  readonly target?: string;
  /** The router itself is what fails, and `target` the worst behind it. */
  readonly ownRouter?: true;
  /** The agent's own gateway or router, if it is one of its targets. */
  readonly near?: { readonly name: string; readonly reach: Reach };
  /** The agent's other targets, without the gateway. */
  readonly otherTargets: Tally;
  readonly wifi?: boolean;
  /** 0–100 */
  readonly signalPercent?: number;
  readonly vpn?: boolean;
  /** How the other agents behind the same gateway reach the same target. */
  readonly neighbours: Tally;
  /** How all other agents reach it. */
  readonly elsewhere: Tally;
  /** Of all other agents, those that are not on a VPN. */
  readonly withoutVpn: Tally;
}

export interface Diagnosis {
  readonly likely?: 'wifi' | 'site' | 'service' | 'machine' | 'vpn';
  /** Parts of a sentence, like `the gateway is bad too`, with text from outside in them. */
  readonly because: readonly string[];
}

/** A Wi-Fi signal below this explains a problem by itself. */
const weakSignalPercent = 50;
/** How many counted agents or targets prove something, and the share of them that must agree. */
const enough = 3;
const agreeing = 0.8;

/** Answers "Where is it broken?" by fixed rules. Gives no answer that the facts do not support. */
export const diagnose = (facts: DiagnosisFacts): Diagnosis => {
  const likely = facts.target === undefined ? whyOffline(facts) : whyBad(facts);
  return likely === undefined ? { because: [] } : { likely, because: evidence(facts, likely) };
};

const whyOffline = ({ neighbours }: DiagnosisFacts): Diagnosis['likely'] => {
  if (mostly('badly', neighbours)) return 'site';
  return mostly('well', neighbours) ? 'machine' : undefined;
};

const whyBad = (facts: DiagnosisFacts): Diagnosis['likely'] => {
  const { near, neighbours, elsewhere, otherTargets, withoutVpn } = facts;
  if (near?.reach === 'badly') return whyNearBad(facts);
  if (mostly('badly', elsewhere)) return mostly('well', neighbours) ? undefined : 'service';
  if (mostly('badly', neighbours)) return mostly('well', elsewhere) ? 'site' : undefined;
  if (!othersReachIt(facts)) return undefined;
  if (near === undefined) return hasWeakSignal(facts) ? 'wifi' : undefined;
  if (facts.vpn === true && mostly('well', withoutVpn)) return 'vpn';
  if (otherTargets.badly === 0 || otherTargets.well > 0) return undefined;
  return mostly('well', neighbours) ? 'machine' : 'site';
};

const whyNearBad = (facts: DiagnosisFacts): Diagnosis['likely'] => {
  if (mostly('badly', facts.neighbours)) return 'site';
  if (hasWeakSignal(facts)) return 'wifi';
  if (facts.wifi === true) return othersReachIt(facts) ? 'wifi' : undefined;
  return facts.wifi === false && mostly('well', facts.neighbours) ? 'machine' : undefined;
};

const mostly = (reach: Reach, tally: Tally): boolean => {
  const counted = tally.well + tally.badly;
  return counted >= enough && tally[reach] >= counted * agreeing;
};

const others = ({ neighbours, elsewhere }: DiagnosisFacts): Tally => ({
  well: neighbours.well + elsewhere.well,
  badly: neighbours.badly + elsewhere.badly,
});

const othersReachIt = (facts: DiagnosisFacts): boolean => mostly('well', others(facts));

const hasWeakSignal = ({ wifi, signalPercent = 100 }: DiagnosisFacts): boolean =>
  wifi === true && signalPercent < weakSignalPercent;

/** The facts that support the answer, those nearest to the machine first. */
const evidence = (
  facts: DiagnosisFacts,
  likely: NonNullable<Diagnosis['likely']>,
): readonly string[] => {
  const { target, near, neighbours, elsewhere, otherTargets, signalPercent } = facts;
  const nearby = 'behind the same gateway';
  if (target === undefined)
    return likely === 'site'
      ? [`${outOf(neighbours)} other agents ${nearby} are offline too`]
      : [`${neighbours.well} other agents ${nearby} are online`];
  const noted = (fact: string, isTrue: boolean): readonly string[] => (isTrue ? [fact] : []);
  const alone = likely !== 'site' && likely !== 'service';
  return [
    ...noted(`its Wi-Fi signal is ${signalPercent} %`, likely === 'wifi' && hasWeakSignal(facts)),
    ...noted('it is on a VPN', likely === 'vpn'),
    ...noted(
      `${near?.name} is ${near?.reach === 'badly' ? 'bad too' : 'fine'}`,
      near !== undefined && facts.ownRouter !== true,
    ),
    ...noted(`${target} behind it is bad too`, facts.ownRouter === true && target !== near?.name),
    ...noted('its other targets are bad too', near?.reach === 'well' && otherTargets.badly > 0),
    ...noted(
      `${outOf(neighbours)} other agents ${nearby} reach ${target} badly too`,
      likely === 'site' && neighbours.badly > 0,
    ),
    ...noted(`${outOf(elsewhere)} other agents reach ${target} badly too`, likely === 'service'),
    ...noted(
      `${elsewhere.well} agents elsewhere reach ${target} well`,
      likely === 'site' && elsewhere.well > 0,
    ),
    ...noted(
      `${others(facts).well} other agents reach ${target} well`,
      alone && others(facts).well > 0,
    ),
  ];
};

const outOf = ({ well, badly }: Tally): string => `${badly} of ${well + badly}`;
