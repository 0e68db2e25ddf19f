import type { AgentStatus } from '../core/agent.ts';
import { freshForMs } from '../core/fleet-page.ts';
import { isDevice } from '../core/fleet-snapshot.ts';
import { byStanding, definitionNames, type FleetView, viewAgent } from '../core/overview.ts';
import type { Clock, PingPlotter } from '../core/ports.ts';
import { type SeenSession, type SessionMemory, seenIn } from '../core/session-memory.ts';

export interface FleetReader {
  /** The whole fleet, worst first; at most `freshForMs` old, and one reading for all who ask at once. */
  read(account: string): Promise<FleetView>;
  /** The last reading, however old, even if something changed since. */
  last(account: string): FleetView | undefined;
  /** The next read asks PingPlotter again: something changed. */
  forget(account: string): void;
}

interface FleetReaderPorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly clock: Clock;
  readonly staleAfterMs: number;
  /** The fleet as the last sweep saw it: asking again within seconds would show the same. */
  readonly swept: (account: string) => FleetView | undefined;
}

export const createFleetReader = (ports: FleetReaderPorts): FleetReader => {
  const own = new Map<string, FleetView>();
  const underWay = new Map<string, Promise<FleetView>>();
  const forgottenAt = new Map<string, number>();

  const last = (account: string): FleetView | undefined => {
    const [mine, swept] = [own.get(account), ports.swept(account)];
    return (swept?.takenAt ?? 0) > (mine?.takenAt ?? 0) ? swept : mine;
  };

  const start = (account: string): Promise<FleetView> => {
    const reading: Promise<FleetView> = readFleet(ports, account)
      .then((view) => {
        own.set(account, view);
        return view;
      })
      .finally(() => {
        if (underWay.get(account) === reading) underWay.delete(account);
      });
    underWay.set(account, reading);
    return reading;
  };

  return {
    read: async (account) => {
      const view = last(account);
      const since = Math.max(
        ports.clock.now() - freshForMs,
        forgottenAt.get(account) ?? Number.NEGATIVE_INFINITY,
      );
      if (view !== undefined && view.takenAt > since) return view;
      return underWay.get(account) ?? start(account);
    },
    last,
    forget: (account) => {
      // A reading that is under way may predate the change: it answers those who wait, no one later.
      forgottenAt.set(account, ports.clock.now());
      underWay.delete(account);
    },
  };
};

const readFleet = async (ports: FleetReaderPorts, account: string): Promise<FleetView> => {
  const api = ports.pingPlotter(account);
  const takenAt = ports.clock.now();
  const { agents, skipped } = await api.agents();
  const shown = agents.filter(isDevice);
  const statuses = await api.status(shown.map(({ id }) => id));
  const memory = await ports.sessions.all(account);
  await ports.sessions.rememberAll(account, unknownTo(memory, statuses.values()));
  const definitions = definitionNames(shown);
  const now = ports.clock.now();
  const views = shown.map((agent) =>
    viewAgent(
      { agent, status: statuses.get(agent.id), seen: memory.get(agent.id), definitions },
      now,
      ports.staleAfterMs,
    ),
  );
  return { agents: views.sort(byStanding), takenAt, skipped };
};

type Memory = Awaited<ReturnType<SessionMemory['all']>>;

/** The sessions that are new, or are called differently now: a fleet has many that are neither. */
const unknownTo = (memory: Memory, statuses: Iterable<AgentStatus>): Memory => {
  const news = [...statuses].map(({ agentId, targets }) => {
    const known = new Map((memory.get(agentId) ?? []).map((seen) => [seen.id, seen]));
    const isNew = ({ id, name, address }: SeenSession): boolean =>
      known.get(id)?.name !== name || known.get(id)?.address !== address;
    return [agentId, seenIn(targets).filter(isNew)] as const;
  });
  return new Map(news.filter(([, sessions]) => sessions.length > 0));
};
