import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';

/** What traffic runs through: each may be broken, and whoever uses it suffers. */
export type Element =
  | `wifi ${string}`
  | `machine ${string}`
  | `gateway ${string}`
  | `line ${string}`
  | `provider ${string}`
  | `service ${string}`
  | `vpn ${string}`
  | `version ${string}`
  | `platform ${string}`;

export interface Service {
  readonly name: string;
  readonly address: string;
  /** Reached through the VPN by whoever is on it. */
  readonly isBehindVpn: boolean;
}

/** An office, or somebody's home. */
export interface Place {
  readonly id: string;
  readonly isOffice: boolean;
  readonly name: string;
  readonly gateway: string;
  readonly address: string;
  readonly provider: string;
}

/** Somebody's machine. */
export interface Machine {
  readonly id: string;
  readonly place: Place;
  readonly isOnWifi: boolean;
  readonly signalPercent: number;
  readonly noisePercent: number;
  /** The concentrator that it uses. */
  readonly vpn?: string;
  readonly platform: string;
  readonly version: string;
  readonly department: string;
  readonly services: readonly Service[];
  /** What a real fleet leaves out: the router as a target, the site's field, whether it is on Wi-Fi. */
  readonly tracesRouter: boolean;
  readonly hasSite: boolean;
  readonly tellsWifi: boolean;
}

export interface Network {
  readonly machines: readonly Machine[];
  readonly places: readonly Place[];
  readonly services: readonly Service[];
  /** Whether all traffic of a VPN, or only what is behind it, goes through it. */
  readonly isFullTunnel: boolean;
}

export const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};

const chance = (random: Random, share: number): boolean => random() < share;

const cities = ['Boise', 'Lima', 'Oslo', 'Kyoto', 'Porto', 'Quito', 'Turin', 'Perth'];
const vpns = ['west', 'east'];
const platforms = ['Windows', 'Windows', 'Windows', 'Windows', 'macOS', 'Linux'];
const versions = ['3.1.0', '3.1.0', '3.1.0', '3.1.1', '3.2.0'];
const departments = ['Sales', 'Support', 'Finance', 'IT'];

/** Offices and homes of four providers, and who works there. */
export const buildNetwork = (random: Random): Network => {
  const services = ['crm', 'mail', 'voice', 'files', 'wiki'].map((name, at) => ({
    name,
    address: `198.51.100.${at + 1}`,
    isBehindVpn: name === 'files' || name === 'wiki',
  }));
  const offices = cities.slice(0, wholeBetween(random, 4, 8)).map((name, at) => ({
    id: `office-${at}`,
    isOffice: true,
    name,
    gateway: `10.${at + 1}.0.1`,
    ...addressIn(random, wholeBetween(random, 0, 3)),
  }));
  const homes = Array.from({ length: wholeBetween(random, 40, 80) }, (_, at) => ({
    id: `home-${at}`,
    isOffice: false,
    name: 'Home',
    gateway: pick(random, ['192.168.1.1', '192.168.0.1', '192.168.178.1']),
    ...addressIn(random, wholeBetween(random, 0, 3)),
  }));
  const machines = [
    ...offices.flatMap((place) => Array.from({ length: wholeBetween(random, 5, 22) }, () => place)),
    ...homes,
  ].map((place, at) => machineAt(random, place, at, services));
  return { machines, places: [...offices, ...homes], services, isFullTunnel: chance(random, 0.3) };
};

/** Each provider has a few blocks of addresses. */
const addressIn = (random: Random, provider: number) => ({
  provider: `isp-${provider}`,
  address: `${70 + provider}.${10 * provider + 3}.${wholeBetween(random, 0, 5)}.${wholeBetween(random, 1, 254)}`,
});

const machineAt = (
  random: Random,
  place: Place,
  at: number,
  services: readonly Service[],
): Machine => {
  const isOnWifi = chance(random, place.isOffice ? 0.5 : 0.7);
  const usesVpn = chance(random, place.isOffice ? 0.05 : 0.5);
  return {
    id: `${place.isOffice ? place.name.slice(0, 3).toUpperCase() : 'HOME'}-${at}`,
    place,
    isOnWifi,
    // Some have a weak signal all day, and nothing is wrong with it.
    signalPercent: chance(random, 0.06)
      ? wholeBetween(random, 35, 55)
      : wholeBetween(random, 55, 99),
    noisePercent: chance(random, 0.04) ? wholeBetween(random, 50, 70) : wholeBetween(random, 5, 45),
    ...(usesVpn ? { vpn: pick(random, vpns) } : {}),
    platform: pick(random, platforms),
    version: pick(random, versions),
    department: pick(random, departments),
    services: services.filter(() => chance(random, between(random, 0.5, 1))),
    tracesRouter: chance(random, 0.75),
    hasSite: chance(random, 0.95),
    tellsWifi: chance(random, 0.92),
  };
};
