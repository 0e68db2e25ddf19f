import { LRUCache } from 'lru-cache';
import type { AgentId, AgentStatus } from '../core/agent.ts';
import { AppError } from '../core/errors.ts';
import { freshForMs } from '../core/fleet-page.ts';
import { type AgentView, definitionNames, viewAgent } from '../core/overview.ts';
import type { Clock, PingPlotter } from '../core/ports.ts';
import { type SessionMemory, seenIn } from '../core/session-memory.ts';
import type { FleetReader } from './fleet-reader.ts';

export interface AgentReader {
  /** One agent with its sessions, asked of PingPlotter now. */
  read(account: string, id: AgentId, signal?: AbortSignal): Promise<AgentView>;
  /** The same from the last seconds, when anyone has just read it: sixty open clients refresh at once. */
  recent(account: string, id: AgentId, signal?: AbortSignal): Promise<AgentView>;
}

interface AgentReaderPorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly fleets: Pick<FleetReader, 'last'>;
  readonly clock: Clock;
  readonly staleAfterMs: number;
}

export const createAgentReader = (ports: AgentReaderPorts): AgentReader => {
  const readings = new LRUCache<string, Promise<AgentView>>({
    max: 1000,
    ttl: freshForMs,
    ttlResolution: 0,
    perf: { now: () => ports.clock.now() },
  });
  const key = (account: string, id: AgentId): string => JSON.stringify([account, id]);

  const read = (account: string, id: AgentId, signal?: AbortSignal): Promise<AgentView> => {
    const reading = readAgent(ports, account, id, signal);
    readings.set(key(account, id), reading);
    reading.catch(() => {
      if (readings.peek(key(account, id)) === reading) readings.delete(key(account, id));
    });
    return reading;
  };
  return {
    read,
    // Shared readings outlive the turn that began them, so they carry no signal of it.
    recent: (account, id) => readings.get(key(account, id)) ?? read(account, id),
  };
};

const readAgent = async (
  ports: AgentReaderPorts,
  account: string,
  id: AgentId,
  signal?: AbortSignal,
): Promise<AgentView> => {
  const api = ports.pingPlotter(account);
  const [agent, status, listed] = await Promise.all([
    api.agent(id, signal),
    statusIfAny(api, id, signal),
    api.sessions(id, signal),
  ]);
  const list = listed === 'not permitted' ? [] : listed;
  await ports.sessions.remember(account, id, [...seenIn(status?.targets ?? []), ...seenIn(list)]);
  const definitions = new Map([
    ...(ports.fleets.last(account)?.agents[0]?.definitions ?? []),
    ...definitionNames([agent, ...list]),
  ]);
  const seen = await ports.sessions.seen(account, id);
  return viewAgent(
    { agent, status, listed, seen, definitions },
    ports.clock.now(),
    ports.staleAfterMs,
  );
};

/** Templates and agents that never connected may have no status at all. */
const statusIfAny = async (
  api: PingPlotter,
  id: AgentId,
  signal?: AbortSignal,
): Promise<AgentStatus | undefined> => {
  try {
    return await api.agentStatus(id, signal);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
};
