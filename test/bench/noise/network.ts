import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';

// What stands between an agent and what it traces. Faults are of these elements, and who suffers follows from them.

/** A part that can fail, like `gateway BER`, `wifi BER-LT-007`, `service crm`. */
export type Element = string;

export interface Site {
  readonly code: string;
  /** East of UTC, in ms; the fourteen days have no change of the clocks. */
  readonly offsetMs: number;
  readonly timeZone: string;
  readonly laptops: number;
  readonly servers: number;
}

export interface Target {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Of the machine's own router there is none. */
  readonly service?: string;
}

export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly kind: 'laptop' | 'server';
  readonly site: Site;
  readonly targets: readonly Target[];
  /** Who brings the Internet to its person's home. */
  readonly homeProvider: string;
  readonly vpn: string;
  /** What its links score when nothing is wrong. */
  readonly usualScore: number;
  /** When in each span of measuring it measures, in ms. */
  readonly phaseMs: number;
}

export type Whereabouts = 'office' | 'home';

const hourMs = 60 * 60_000;

const site = (code: string, timeZone: string, hours: number, laptops: number, servers: number) => ({
  code,
  timeZone,
  offsetMs: hours * hourMs,
  laptops,
  servers,
});

/** 200 laptops and 40 that are always on. */
export const allSites: readonly Site[] = [
  site('BER', 'Europe/Berlin', 1, 50, 4),
  site('MUC', 'Europe/Berlin', 1, 40, 4),
  site('LON', 'Europe/London', 0, 40, 4),
  site('NYC', 'America/New_York', -5, 40, 4),
  site('BOI', 'America/Boise', -7, 30, 4),
  site('FRA', 'Europe/Berlin', 1, 0, 20),
];

/** Those behind the VPN are reached through it from home; all others are on the Internet. */
export const services = ['crm', 'erp', 'mail', 'voice', 'files'] as const;
const behindVpn: ReadonlySet<string> = new Set(['crm', 'erp', 'files']);
export const vpns = ['vpn-eu', 'vpn-us'] as const;
export const homeProviders = ['telko', 'cable-one', 'fibre-net', 'dsl-plus'] as const;
/** How far apart an agent's measurements are, in ms. */
export const measuresEveryMs = 30_000;

const pick = <T>(random: Random, some: readonly T[]): T | undefined =>
  some[wholeBetween(random, 0, some.length - 1)];

const machineAt = (random: Random, place: Site, kind: Machine['kind'], index: number): Machine => {
  const name = `${place.code}-${kind === 'laptop' ? 'LT' : 'SV'}-${String(index + 1).padStart(3, '0')}`;
  const id = name.toLowerCase();
  const first = wholeBetween(random, 0, services.length - 1);
  const traced = [services[first], services[(first + 2) % services.length]];
  return {
    id,
    name,
    kind,
    site: place,
    targets: [
      { id: `${id}-router`, name: 'Router', address: '' },
      ...traced.flatMap((service) =>
        service === undefined
          ? []
          : [{ id: `${id}-${service}`, name: service, address: `${service}.example.com`, service }],
      ),
    ],
    homeProvider: pick(random, homeProviders) ?? homeProviders[0],
    vpn: place.offsetMs < 0 ? vpns[1] : vpns[0],
    usualScore: between(random, kind === 'laptop' ? 90 : 94, 99),
    phaseMs: wholeBetween(random, 0, measuresEveryMs - 1),
  };
};

export const machinesOf = (random: Random, sites: readonly Site[]): readonly Machine[] =>
  sites.flatMap((place) => [
    ...Array.from({ length: place.laptops }, (_, i) => machineAt(random, place, 'laptop', i)),
    ...Array.from({ length: place.servers }, (_, i) => machineAt(random, place, 'server', i)),
  ]);

/** What joins a machine to its router. */
const link = ({ name, kind }: Machine): Element =>
  kind === 'laptop' ? `wifi ${name}` : `cable ${name}`;

/** All that lies between a machine and the Internet, PingPlotter's cloud with it. */
export const pathOut = (machine: Machine, where: Whereabouts): readonly Element[] =>
  where === 'office'
    ? [link(machine), `gateway ${machine.site.code}`, `provider ${machine.site.code}`]
    : [link(machine), `home ${machine.name}`, `provider ${machine.homeProvider}`];

/** All that lies between a machine and one of its targets. */
export const pathTo = (
  machine: Machine,
  where: Whereabouts,
  { service }: Target,
): readonly Element[] => {
  const out = pathOut(machine, where);
  if (service === undefined) return out.slice(0, 2);
  const tunnel = where === 'home' && behindVpn.has(service) ? [machine.vpn] : [];
  return [...out, ...tunnel, `service ${service}`];
};

/** The address of its router; each home has one of its own. */
export const gatewayOf = ({ site, name }: Machine, where: Whereabouts): string =>
  where === 'office'
    ? `10.${site.code.charCodeAt(0)}.${site.code.charCodeAt(1)}.1`
    : `192.168.${Number(name.slice(-3))}.1`;
