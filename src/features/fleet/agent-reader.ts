import { LRUCache } from 'lru-cache';
import type { Needs } from '../../app.ts';
import type { AgentId, AgentStatus } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError, asAppError } from '../../platform/errors.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { resumeTimes } from '../changes/domain/timed-resume.ts';
import { trendsOf } from '../history/domain/trend.ts';
import { type AgentView, definitionNames, viewAgent } from './domain/agent-view.ts';
import { freshForMs } from './domain/list.ts';
import { seenIn } from './domain/seen-sessions.ts';
import type { AgentExtras, AgentReader, FleetReader } from './ports.ts';
import type { SessionMemory } from './store.ts';

const dayMs = 24 * 60 * 60_000;

/** Nothing while the store cannot be read: the agent is shown all the same. */
export const agentExtras =
  ({ store, clock, log }: Needs<'clock' | 'log', 'timedResumes' | 'samples'>) =>
  async (
    account: string,
    { agent: { id }, sessions }: Pick<AgentView, 'agent' | 'sessions'>,
  ): Promise<AgentExtras> => {
    const now = clock.now();
    try {
      const [resumes, samples] = await Promise.all([
        store.timedResumes.forAgent(account, id),
        store.samples.list(account, id, now - dayMs, now),
      ]);
      return { resumes: resumeTimes(resumes), trend: trendsOf(sessions, samples) };
    } catch (error) {
      log.warn('agent shown without what the store knows', { code: asAppError(error).code });
      return { resumes: new Map(), trend: [] };
    }
  };

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
