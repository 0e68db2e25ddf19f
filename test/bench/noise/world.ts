import type { Agent, AgentStatus, QualityWord, TargetStatus } from '../../../src/platform/agent.ts';
import { AppError } from '../../../src/platform/errors.ts';
import type { PingPlotter } from '../../../src/platform/pingplotter.ts';
import { between, createRandom } from '../../../src/simulator/random.ts';
import { drawFaults, type Fault } from './faults.ts';
import {
  type Element,
  gatewayOf,
  type Machine,
  machinesOf,
  measuresEveryMs,
  pathOut,
  pathTo,
  type Site,
} from './network.ts';
import { asksNothing, changesNothing, refuse } from './no-changes.ts';
import { type Away, alwaysOn, type PersonDays, type Presence, personDays } from './people.ts';

/** How a fault showed at PingPlotter. */
export interface Seen {
  /** The names of those that it made bad or took offline. */
  readonly victims: Set<string>;
  /** When the first of them showed it; ms since 1970. */
  readonly at: number;
}

export interface World {
  readonly machines: readonly Machine[];
  readonly faults: readonly Fault[];
  readonly away: readonly Away[];
  /** When each machine was first on, by its name; ms since 1970. */
  readonly firstOn: ReadonlyMap<string, number>;
  /** By the fault's id, filled in while polls look at it. */
  readonly seen: ReadonlyMap<string, Seen>;
  readonly pingPlotter: PingPlotter;
}

export interface WorldOptions {
  readonly seed: number;
  readonly sites: readonly Site[];
  /** Midnight UTC of a Monday. */
  readonly start: number;
  readonly days: number;
  readonly now: () => number;
  /** Drawn by the seed if left out. */
  readonly faults?: (machines: readonly Machine[]) => readonly Fault[];
}

/** Until the cloud notices that an agent went silent. */
const noticedAfterMs = 30_000;
/** Of a laptop's measurements so many are bad by chance, one at a time. */
const badByChance = 0.0005;

interface Live {
  readonly machine: Machine;
  readonly presence: readonly Presence[];
  next: number;
  lastContact: number | undefined;
  readonly readings: Map<string, TargetStatus>;
}

export const aWorld = ({ seed, sites, start, days, now, faults: given }: WorldOptions): World => {
  const random = createRandom(seed);
  const machines = machinesOf(random, sites);
  const people = new Map<string, PersonDays>(
    machines
      .filter(({ kind }) => kind === 'laptop')
      .map((machine) => [machine.id, personDays(random, machine, start, days)]),
  );
  const faults = given?.(machines) ?? drawFaults(random, { machines, people, sites, start, days });
  const live = machines.map((machine): Live => {
    const workdays = people.get(machine.id)?.workdays.flatMap(({ presence }) => presence);
    return {
      machine,
      presence: workdays ?? alwaysOn(start, days),
      next: 0,
      lastContact: undefined,
      readings: new Map(),
    };
  });
  const seen = new Map<string, Seen>();
  const byId = new Map(live.map((one) => [one.machine.id, one]));
  let lookedAt = Number.NEGATIVE_INFINITY;
  let online = new Map<string, Presence>();

  const note = ({ id }: Fault, { name }: Machine, at: number): void => {
    const known = seen.get(id) ?? { victims: new Set<string>(), at };
    seen.set(id, known);
    known.victims.add(name);
  };

  /** All that the machines did since the last look at them. */
  const look = (): void => {
    const at = now();
    if (at === lookedAt) return;
    lookedAt = at;
    const active = faults.filter(
      ({ from, until }) => from <= at && until > at - 2 * measuresEveryMs,
    );
    online = new Map();
    for (const one of live) {
      const presence = presenceAt(one, at);
      const cut =
        presence &&
        fault(
          active,
          at,
          [`power ${one.machine.name}`, ...pathOut(one.machine, presence.where)],
          'down',
        );
      if (presence !== undefined && cut === undefined) one.lastContact = at;
      else if (presence === undefined) {
        const ended = one.presence[one.next - 1]?.until;
        if (ended !== undefined && ended <= at && cut === undefined)
          one.lastContact = Math.max(one.lastContact ?? 0, ended);
      } else if (
        cut !== undefined &&
        one.lastContact !== undefined &&
        cut.from - one.lastContact < 60_000
      )
        one.lastContact = Math.max(one.lastContact, Math.min(cut.from, at));
      const isOnline = one.lastContact !== undefined && at - one.lastContact < noticedAfterMs;
      if (isOnline)
        online.set(one.machine.id, presence ?? { from: at, until: at, where: 'office' });
      else if (presence !== undefined && cut !== undefined) note(cut, one.machine, at);
      if (presence !== undefined && cut === undefined) measure(one, presence, active, at);
    }
  };

  const measure = (
    one: Live,
    { from, where }: Presence,
    active: readonly Fault[],
    at: number,
  ): void => {
    const { machine, readings } = one;
    const measuredAt = at - ((at - machine.phaseMs) % measuresEveryMs);
    if (measuredAt < from) return;
    const byChance = machine.kind === 'laptop' && random() < badByChance;
    for (const target of machine.targets) {
      const path = pathTo(machine, where, target);
      const bad = active.length > 0 ? fault(active, measuredAt, path, 'bad') : undefined;
      const suffers = bad !== undefined && random() < bad.share;
      const usual = Math.min(100, machine.usualScore + between(random, -4, 3));
      const score = Math.round(
        suffers ? bad.score + between(random, -8, 8) : byChance ? between(random, 20, 55) : usual,
      );
      const word = wordOf(score);
      if (suffers && word === 'poor') note(bad, machine, at);
      readings.set(target.id, {
        sessionId: target.id,
        name: target.name,
        address: target.service === undefined ? gatewayOf(machine, where) : target.address,
        readings: [{ definitionId: 'web', word, score, measuredAt }],
      });
    }
  };

  const agentOf = ({ machine, lastContact }: Live): Agent => {
    const where = online.get(machine.id)?.where ?? 'office';
    return {
      id: machine.id,
      name: machine.name,
      online: online.has(machine.id),
      template: false,
      deleted: false,
      lastSeen: lastContact ?? start - 12 * 60 * 60_000,
      machineName: machine.name,
      platform: machine.kind === 'laptop' ? 'Windows' : 'Linux',
      wifi: machine.kind === 'laptop',
      vpn: where === 'home',
      network: { gateway: gatewayOf(machine, where) },
      customFields: [
        { name: 'Site', value: machine.site.code },
        { name: 'Kind', value: machine.kind },
      ],
    };
  };

  const known = (id: string): Live => {
    const one = byId.get(id);
    if (one === undefined) throw new AppError('not-found', `no agent ${id}`);
    return one;
  };
  const statusOf = (id: string): AgentStatus => ({
    agentId: id,
    online: online.has(id),
    targets: [...known(id).readings.values()],
  });

  return {
    machines,
    faults,
    away: [...people.values()].flatMap(({ away }) => away),
    firstOn: new Map(
      live.flatMap(({ machine, presence: [first] }) =>
        first === undefined ? [] : [[machine.name, first.from] as const],
      ),
    ),
    seen,
    pingPlotter: {
      ...changesNothing,
      trace: async () => ({ points: [] }),
      allSessions: refuse,
      once: asksNothing,
      agents: async () => {
        look();
        return { agents: live.map(agentOf), skipped: 0 };
      },
      agent: async (id) => {
        look();
        return agentOf(known(id));
      },
      status: async (ids) => new Map(ids.map((id) => [id, statusOf(id)])),
      agentStatus: async (id) => statusOf(id),
      customFields: async () => ['Site', 'Kind'],
      sessions: async (id) =>
        known(id).machine.targets.map((target) => ({
          id: target.id,
          agentId: id,
          name: target.name,
          state: 'active' as const,
        })),
    },
  };
};

const presenceAt = (one: Live, at: number): Presence | undefined => {
  while ((one.presence[one.next]?.until ?? Number.POSITIVE_INFINITY) <= at) one.next += 1;
  const next = one.presence[one.next];
  return next !== undefined && next.from <= at ? next : undefined;
};

/** The worst of those that are in the way then. */
const fault = (
  active: readonly Fault[],
  at: number,
  path: readonly Element[],
  effect: Fault['effect'],
): Fault | undefined =>
  active
    .filter(
      (one) =>
        one.effect === effect && one.from <= at && at < one.until && path.includes(one.element),
    )
    .toSorted((a, b) => a.score - b.score)[0];

const wordOf = (score: number): QualityWord => (score < 60 ? 'poor' : score < 80 ? 'fair' : 'good');
