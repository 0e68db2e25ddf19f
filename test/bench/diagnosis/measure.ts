import type { AgentView } from '../../../src/features/fleet/domain/agent-view.ts';
import type { SessionView } from '../../../src/features/fleet/domain/session-view.ts';
import type { Agent, QualityWord } from '../../../src/platform/agent.ts';
import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';
import { type Fault, type Incident, pathOf } from './incidents.ts';
import type { Machine, Network } from './network.ts';

const now = Date.parse('2026-11-27T15:00:00Z');
const minute = 60_000;

/** What PingPlotter shows of the network while the incident goes on. */
export interface Measured {
  readonly views: readonly AgentView[];
  /** Whom the faults make bad, and by which of them. */
  readonly suffering: ReadonlyMap<string, readonly Fault[]>;
}

export const measure = (network: Network, incident: Incident, random: Random): Measured => {
  const suffering = new Map<string, readonly Fault[]>();
  const downAt = now - wholeBetween(random, 1, 4) * minute;
  const views = network.machines.map((machine) => {
    const hit = incident.faults.filter(({ reach }) => random() < reach);
    const { view, by } = measureOne({ network, incident, random, machine, hit, downAt });
    if (by.length > 0) suffering.set(view.agent.id, by);
    return view;
  });
  return { views, suffering };
};

interface Subject {
  readonly network: Network;
  readonly incident: Incident;
  readonly random: Random;
  readonly machine: Machine;
  /** The faults that it would suffer from, if its traffic ran through them. */
  readonly hit: readonly Fault[];
  readonly downAt: number;
}

const measureOne = (
  subject: Subject,
): { readonly view: AgentView; readonly by: readonly Fault[] } => {
  const { network, random, machine, hit, downAt } = subject;
  const whole = new Set(machine.services.flatMap((to) => pathOf(machine, to, network)));
  const cut = hit.filter(
    ({ element, harm }) => harm === Number.POSITIVE_INFINITY && whole.has(element),
  );
  if (cut.length > 0)
    return { view: offline(subject, downAt + wholeBetween(random, 0, 90_000)), by: cut };
  // People go home, and machines sleep, at any time.
  if (random() < 0.08)
    return { view: offline(subject, now - wholeBetween(random, 0, 600) * minute), by: [] };
  const felt = new Set<Fault>();
  const sessions = [
    ...machine.services,
    ...(machine.tracesRouter ? (['router'] as const) : []),
  ].map((to): SessionView => {
    const path = pathOf(machine, to, network);
    const harming = hit.filter(({ element }) => path.includes(element));
    for (const one of harming) felt.add(one);
    const harm = harming.reduce((sum, one) => sum + one.harm * between(random, 0.7, 1.1), 0);
    return sessionTo(to, machine, scoreOf(random, harm, subject), random);
  });
  return { view: viewOf(subject, sessions, true, now), by: [...felt] };
};

/** One in forty measurements is bad for no reason that anybody would find. */
const scoreOf = (random: Random, harm: number, { incident, machine }: Subject): number => {
  const isBlip = incident.blip === machine.id ? random() < 0.35 : random() < 0.025;
  const quiet = isBlip ? between(random, 20, 60) : between(random, 80, 100);
  return Math.max(1, Math.round(quiet - harm));
};

const wordOf = (score: number): QualityWord =>
  score >= 70 ? 'good' : score >= 50 ? 'fair' : 'poor';

const sessionTo = (
  to: Machine['services'][number] | 'router',
  { id, place }: Machine,
  score: number,
  random: Random,
): SessionView => {
  const { name, address } = to === 'router' ? { name: 'Router', address: place.gateway } : to;
  return {
    id: `${id} ${name}`,
    name,
    address,
    state: 'active',
    readings: [{ definitionId: 'voip', word: wordOf(score), score, measuredAt: now - 30_000 }],
    stale: random() < 0.02,
  };
};

const offline = (subject: Subject, lastSeen: number): AgentView =>
  viewOf(subject, [], false, lastSeen);

const viewOf = (
  { incident, machine, network, random }: Subject,
  sessions: readonly SessionView[],
  online: boolean,
  lastSeen: number,
): AgentView => {
  const worst = sessions
    .flatMap(({ readings, stale }) => (stale ? [] : readings))
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))[0];
  return {
    agent: agentOf(machine, network, incident, { online, lastSeen }, random),
    at: now,
    statusWord: online ? (worst?.word ?? 'unknown') : 'offline',
    ...(worst === undefined || !online ? {} : { score: worst.score }),
    sessions: sessions.toSorted(
      (a, b) => (a.readings[0]?.score ?? 0) - (b.readings[0]?.score ?? 0),
    ),
    source: 'status',
    definitions: new Map(),
  };
};

const agentOf = (
  machine: Machine,
  { isFullTunnel }: Network,
  { weak, switched }: Incident,
  presence: Pick<Agent, 'online' | 'lastSeen'>,
  random: Random,
): Agent => {
  const { id, place, vpn, version, platform, department } = machine;
  const seen = weak?.id === id ? weak : machine;
  const tunnelled = isFullTunnel && vpn !== undefined;
  return {
    id,
    name: id,
    ...presence,
    template: false,
    deleted: false,
    platform,
    clientDetails: `PingPlotter Cloud Agent ${version}`,
    // Who is wholly inside a VPN is seen where its concentrator is.
    address: tunnelled ? (vpn === 'west' ? '60.1.1.1' : '61.1.1.1') : place.address,
    ...(machine.tellsWifi || switched?.id === id ? { wifi: machine.isOnWifi } : {}),
    vpn: vpn !== undefined,
    network: {
      gateway: place.gateway,
      address:
        vpn === undefined
          ? place.gateway.replace(/1$/u, `${wholeBetween(random, 20, 250)}`)
          : `10.${vpn === 'west' ? 200 : 201}.0.${wholeBetween(random, 2, 250)}`,
      ...(machine.isOnWifi
        ? { signalPercent: seen.signalPercent, noisePercent: seen.noisePercent }
        : {}),
    },
    customFields: [
      { name: 'Department', value: department },
      ...(machine.hasSite ? [{ name: 'Site', value: place.name }] : []),
    ],
  };
};
