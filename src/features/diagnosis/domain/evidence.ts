import type { CircleFacts, DiagnosisFacts } from './facts.ts';
import type { Tally } from './fleet-index.ts';
import { isPlace, type Trait } from './traits.ts';
import type { Cause } from './wide-cause.ts';
import { isNoisy, isWeak } from './wifi.ts';

/** The facts that support the answer, those nearest to the machine first. */
export const evidence = (
  facts: DiagnosisFacts,
  likely: Cause,
  circle: CircleFacts | undefined,
): readonly string[] =>
  facts.target === undefined
    ? absenceEvidence(facts, likely, circle)
    : [
        ...ownEvidence(facts, likely),
        ...nearEvidence(facts),
        ...targetEvidence(facts, likely),
        ...circleEvidence(facts, likely, circle),
      ];

const noted = (fact: string, isTrue: boolean): readonly string[] => (isTrue ? [fact] : []);

const ownEvidence = (facts: DiagnosisFacts, likely: Cause): readonly string[] => {
  const { signalPercent, noisePercent, changed } = facts;
  return [
    ...noted(`its Wi-Fi signal is ${signalPercent} %`, likely === 'wifi' && isWeak(facts)),
    ...noted(`the noise is ${noisePercent} %`, likely === 'wifi' && isNoisy(facts)),
    ...noted('it has just switched to Wi-Fi', likely === 'wifi' && changed === 'to-wifi'),
    ...noted('it is connected by cable', likely === 'machine' && facts.wifi === false),
    ...noted('its VPN has just been switched on', likely === 'vpn' && changed === 'vpn-on'),
    ...noted('it is on the VPN', likely === 'vpn' && changed !== 'vpn-on'),
  ];
};

const nearEvidence = ({ near, ownRouter, target }: DiagnosisFacts): readonly string[] => {
  if (near === undefined) return [];
  if (ownRouter === true) return noted(`${target} behind it is bad too`, target !== near.name);
  return [`${near.name} is ${near.reach === 'badly' ? 'bad too' : 'fine'}`];
};

const targetEvidence = (facts: DiagnosisFacts, likely: Cause): readonly string[] => {
  const { target, otherTargets, tracing, besides, near, neighbours } = facts;
  if (likely === 'service')
    return [
      `${tracing.badly + 1} of ${tracing.well + tracing.badly + 1} agents that trace it reach it badly`,
      ...noted(`they reach ${shareText(besides)} of their other targets well`, besides.well > 0),
    ];
  return [
    ...noted(
      'its other targets are bad too',
      near?.reach !== 'badly' && otherTargets.badly > otherTargets.well,
    ),
    ...noted(
      `${tracing.well} other agents reach ${target} well`,
      tracing.well > 0 && (likely === 'wifi' || likely === 'machine' || likely === 'line'),
    ),
    ...noted(
      `${neighbours.well} others at the same place are fine`,
      likely === 'machine' && neighbours.well > 0,
    ),
  ];
};

const circleEvidence = (
  { near: ownNear }: DiagnosisFacts,
  likely: Cause,
  circle: CircleFacts | undefined,
): readonly string[] => {
  if (circle === undefined) return [];
  const { inside, outside } = ownNear?.reach === 'badly' ? circle.near : circle;
  return [
    `${outOf(inside)} others ${those(circle.trait, likely)} have it too`,
    `of the rest ${outOf(outside)}`,
  ];
};

const absenceEvidence = (
  { neighbours, circles }: DiagnosisFacts,
  likely: Cause,
  circle: CircleFacts | undefined,
): readonly string[] => {
  if (circle !== undefined)
    return [
      `${outOf(circle.inside)} others ${those(circle.trait, likely)} went offline at the same time`,
      `of the rest ${outOf(circle.outside)}`,
    ];
  if (likely === 'machine') return [`${neighbours.well} others at the same place are online`];
  const provider = circles.findLast(({ trait }) => trait.kind === 'prefix');
  return provider === undefined
    ? []
    : [`${provider.inside.well} others at ${provider.trait.value} are online`];
};

/** Like `at Boise`; its text comes from outside. */
const those = (trait: Trait, likely: Cause): string => {
  if (isPlace(trait)) return `at ${trait.value}`;
  switch (trait.kind) {
    case 'gateway':
      return `behind ${trait.value}`;
    case 'line':
      return `behind ${trait.value}`;
    case 'prefix':
      return `at ${trait.value}`;
    case 'vpn':
      return 'on the VPN';
    case 'pool':
      return `on the VPN (${trait.value})`;
    default:
      return likely === 'version' ? 'with this version' : `with ${trait.value}`;
  }
};

const outOf = ({ well, badly }: Tally): string => `${badly} of ${well + badly}`;

const shareText = ({ well, badly }: Tally): string => `${well} of ${well + badly}`;
