import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';
import { type Element, type Machine, type Network, type Place, pick } from './network.ts';

export const kinds = [
  'wifi of one',
  'machine',
  'site gateway',
  'site line',
  'provider',
  'service',
  'vpn',
  'version or platform',
  'one offline',
  'site offline',
  'two at once',
  'none',
] as const;
export type Kind = (typeof kinds)[number];

/** One broken element. */
export interface Fault {
  readonly element: Element;
  /** What it takes off a score, 0 to 100; Infinity = nothing comes through, and agents go offline. */
  readonly harm: number;
  /** The share of those who use it that suffer. */
  readonly reach: number;
  /** What names it right. */
  readonly answers: readonly string[];
}

export interface Incident {
  readonly seed: number;
  readonly kind: Kind;
  readonly faults: readonly Fault[];
  /** Who came onto Wi-Fi, or a VPN, a moment before. */
  readonly switched?: { readonly id: string; readonly what: 'to-wifi' };
  /** With a weak signal. */
  readonly weak?: {
    readonly id: string;
    readonly signalPercent: number;
    readonly noisePercent: number;
  };
  /** One measurement that is bad by chance. */
  readonly blip?: string;
}

type Made = Omit<Incident, 'seed' | 'kind'>;

/** From twelve kinds in turn; the seed says all else. */
export const kindOf = (seed: number): Kind => kinds[Math.floor(seed / 2) % kinds.length] ?? 'none';

export const makeIncident = (seed: number, network: Network, random: Random): Incident => {
  const kind = kindOf(seed);
  return { seed, kind, ...made(kind, network, random) };
};

const made = (kind: Kind, network: Network, random: Random): Made => {
  switch (kind) {
    case 'wifi of one':
      return wifi(network, random);
    case 'machine':
      return fault(`machine ${pick(random, network.machines).id}`, ['machine'], random);
    case 'site gateway':
      return fault(`gateway ${placeOf(network, random).id}`, ['gateway', 'site'], random, 0.95);
    case 'site line':
      return fault(`line ${placeOf(network, random).id}`, ['line', 'site'], random, 0.97);
    case 'provider':
      return fault(`provider ${pick(random, network.places).provider}`, ['provider'], random, 0.9);
    case 'service':
      return fault(`service ${pick(random, network.services).name}`, ['service'], random, 0.9);
    case 'vpn':
      return fault(`vpn ${pick(random, ['west', 'east'])}`, ['vpn'], random, 0.95);
    case 'version or platform':
      return versionFault(network, random);
    case 'one offline':
      return down(`machine ${pick(random, network.machines).id}`, ['machine', 'alone'], random);
    case 'site offline':
      return down(`line ${placeOf(network, random).id}`, ['site', 'line', 'alone'], random);
    case 'two at once':
      return twoAtOnce(network, random);
    case 'none':
      return { faults: [], blip: pick(random, network.machines).id };
    default:
      return kind satisfies never;
  }
};

/** Offices more often than homes, for more people hear of them. */
const placeOf = ({ places }: Network, random: Random): Place => {
  const offices = places.filter(({ isOffice }) => isOffice);
  return random() < 0.75 ? pick(random, offices) : pick(random, places);
};

const fault = (element: Element, answers: readonly string[], random: Random, reach = 1): Made => ({
  faults: [{ element, answers, reach, harm: between(random, 40, 75) }],
});

const down = (element: Element, answers: readonly string[], _random: Random): Made => ({
  faults: [{ element, answers, reach: 1, harm: Number.POSITIVE_INFINITY }],
});

/** Mostly far from the access point, or among noise; sometimes nothing shows it. */
const wifi = ({ machines }: Network, random: Random): Made => {
  const { id } = pick(
    random,
    machines.filter(({ isOnWifi }) => isOnWifi),
  );
  const how = random();
  const signalPercent = how < 0.6 ? wholeBetween(random, 12, 45) : wholeBetween(random, 55, 90);
  const noisePercent =
    how >= 0.6 && how < 0.8 ? wholeBetween(random, 62, 90) : wholeBetween(random, 5, 45);
  return {
    ...fault(`wifi ${id}`, ['wifi'], random),
    weak: { id, signalPercent, noisePercent },
    ...(how >= 0.7 && how < 0.9 ? { switched: { id, what: 'to-wifi' } } : {}),
  };
};

const versionFault = ({ machines }: Network, random: Random): Made => {
  const { version, platform } = pick(
    random,
    machines.filter((one) => one.version !== '3.1.0' && one.platform !== 'Windows'),
  );
  return random() < 0.6
    ? fault(`version ${version}`, ['version'], random, 0.85)
    : fault(`platform ${platform}`, ['platform'], random, 0.85);
};

/** Two that have nothing to do with each other; who suffers from both may be answered by either. */
const twoAtOnce = (network: Network, random: Random): Made => {
  const wide: readonly Kind[] = ['site gateway', 'site line', 'provider', 'service', 'vpn'];
  const first = made(pick(random, wide), network, random);
  const second = made(
    pick(random, ['wifi of one', 'machine', 'service', 'site line'] as const),
    network,
    random,
  );
  return { ...first, ...second, faults: [...first.faults, ...second.faults] };
};

/** What the traffic of a machine to a service, or to its own router, runs through. */
export const pathOf = (
  machine: Machine,
  to: Machine['services'][number] | 'router',
  { isFullTunnel }: Network,
): readonly Element[] => {
  const { id, place, isOnWifi, vpn, version, platform } = machine;
  const inside: readonly Element[] = [
    `machine ${id}`,
    `version ${version}`,
    `platform ${platform}`,
    ...(isOnWifi ? [`wifi ${id}` as const] : []),
    `gateway ${place.id}`,
  ];
  if (to === 'router') return inside;
  const isTunnelled = vpn !== undefined && (isFullTunnel || to.isBehindVpn);
  return [
    ...inside,
    `line ${place.id}`,
    `provider ${place.provider}`,
    ...(isTunnelled ? [`vpn ${vpn}` as const] : []),
    `service ${to.name}`,
  ];
};
