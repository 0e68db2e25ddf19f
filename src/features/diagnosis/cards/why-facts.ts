import { markdown } from '../../../ui/escape.ts';
import { dots } from '../../../ui/rich-text.ts';
import type { CircleFacts, DiagnosisFacts } from '../domain/facts.ts';
import type { Tally } from '../domain/fleet-index.ts';
import { isPlace } from '../domain/traits.ts';

export interface WhyFact {
  readonly title: string;
  readonly value: string;
}

/** All that a diagnosis goes by, whether it found a cause or not. */
export const whyFacts = (facts: DiagnosisFacts): readonly WhyFact[] => [
  ...connection(facts),
  ...(facts.target === undefined ? [] : ownTargets(facts)),
  ...others(facts),
  ...facts.circles.flatMap((circle) => circleFact(circle, facts)),
];

const fact = (title: string, value: string): readonly WhyFact[] =>
  value === '' ? [] : [{ title: markdown(title, 60), value: markdown(value, 200) }];

const connection = ({ wifi, signalPercent, noisePercent, vpn, changed }: DiagnosisFacts) =>
  fact(
    'Connected',
    dots([
      wifi === true && 'by Wi-Fi',
      wifi === false && 'by cable',
      wifi === true && signalPercent !== undefined && `signal ${signalPercent} %`,
      wifi === true && noisePercent !== undefined && `noise ${noisePercent} %`,
      vpn === true && 'on a VPN',
      changed !== undefined && changes[changed],
    ]),
  );

const changes = {
  'to-wifi': 'switched to Wi-Fi just before',
  'to-cable': 'switched to cable just before',
  'vpn-on': 'VPN switched on just before',
  'vpn-off': 'VPN switched off just before',
  interface: 'another interface just before',
  address: 'another address just before',
} as const;

const ownTargets = ({ near, otherTargets }: DiagnosisFacts): readonly WhyFact[] => [
  ...fact(
    'Its router',
    near === undefined ? 'not measured' : near.reach === 'well' ? 'fine' : 'bad',
  ),
  ...fact('Its other targets', badOf(otherTargets)),
];

const others = ({ target, tracing }: DiagnosisFacts): readonly WhyFact[] =>
  target === undefined ? [] : fact(`Others that trace ${target}`, badOf(tracing) || 'nobody');

const circleFact = ({ trait, inside }: CircleFacts, { target }: DiagnosisFacts) => {
  const text = target === undefined ? absences(inside) : badOf(inside);
  return fact(circleName(trait), text);
};

const circleName = (trait: CircleFacts['trait']): string => {
  const { kind, name, value } = trait;
  if (isPlace(trait)) return `Others with ${name} ${value}`;
  switch (kind) {
    case 'vpn':
      return 'Others on a VPN';
    case 'pool':
      return `Others on the VPN at ${value}`;
    case 'prefix':
      return `Others at ${value}`;
    case 'gateway':
    case 'line':
      return `Others behind ${value}`;
    default:
      return `Others with ${value}`;
  }
};

const badOf = ({ well, badly }: Tally): string =>
  well + badly === 0 ? '' : `${badly} of ${well + badly} bad`;

const absences = ({ well, badly }: Tally): string =>
  well + badly === 0 ? '' : `${well} online, ${badly} went offline at the same time`;
