import { LRUCache } from 'lru-cache';
import type { AgentId, AgentStatus } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError, asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import { upTo } from '../../shared/up-to.ts';
import { type AgentView, definitionNames, viewAgent } from './domain/agent-view.ts';
import { distinguished } from './domain/distinction.ts';
import { freshForMs } from './domain/list.ts';
import { seenIn } from './domain/seen-sessions.ts';
import { isListed } from './domain/session-view.ts';
import { webLink } from './domain/web-link.ts';
import type { AgentCardPart, AgentExtras, AgentReader, FleetReader } from './ports.ts';
import type { SessionMemory } from './store.ts';

/** PingPlotter's page of the agent, with its worst session. `template` is PINGPLOTTER_WEB_URL. */
export const webLinkPart =
  (template: string | undefined): AgentCardPart =>
  async (_account, { agent, sessions }) =>
    template === undefined || agent.deleted || agent.template
      ? {}
      : { page: webLink(template, agent.id, sessions[0]?.id) };

/** A part that fails is left out: the agent is shown all the same. */
const readExtras = async (
  { parts, log }: AgentReaderPorts,
  account: string,
  view: AgentView,
): Promise<AgentExtras> => {
  const known = await Promise.all(
    parts.map((part) =>
      part(account, view).catch((error: unknown): Partial<AgentExtras> => {
        log.warn('agent.part-missing', { code: asAppError(error).code });
        return {};
      }),
    ),
  );
  return Object.assign({ resumes: new Map(), trend: [] }, ...known);
};

interface AgentReaderPorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly fleets: Pick<FleetReader, 'last'>;
  readonly clock: Clock;
  readonly staleAfterMs: number;
  /** Names of quality definitions that the API does not tell, by id. */
  readonly qualityNames?: ReadonlyMap<string, string>;
  /** What other features add. */
  readonly parts: readonly AgentCardPart[];
  readonly log: Logger;
}

export const createAgentReader = (ports: AgentReaderPorts): AgentReader => {
  const readings = new LRUCache<string, Promise<AgentView>>({
    ...upTo(1000),
    ttl: freshForMs,
    ttlResolution: 0,
    perf: { now: () => ports.clock.monotonic() },
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
    extras: (account, view) => readExtras(ports, account, view),
  };
};

const readAgent = async (
  ports: AgentReaderPorts,
  account: string,
  id: AgentId,
  signal?: AbortSignal,
): Promise<AgentView> => {
  const api = ports.pingPlotter(account);
  const [read, { value: status, failed: scores }, { value: listed, failed: sessions }] =
    await Promise.all([
      api.agent(id, signal),
      unlessFailed(statusIfAny(api, id, signal), signal),
      unlessFailed(api.sessions(id, signal), signal),
    ]);
  const others = ports.fleets.last(account)?.agents.map((view) => view.agent);
  const [agent = read] = distinguished([read], others);
  const unread = { ...optional('scores', scores), ...optional('sessions', sessions) };
  const list = isListed(listed) ? listed : [];
  await ports.sessions.remember(account, id, [...seenIn(status?.targets ?? []), ...seenIn(list)]);
  const definitions = definitionNames(
    [agent, ...list],
    new Map([
      ...(ports.qualityNames ?? []),
      ...(ports.fleets.last(account)?.agents[0]?.definitions ?? []),
    ]),
  );
  const seen = await ports.sessions.seen(account, id);
  return viewAgent(
    {
      agent,
      status,
      listed,
      seen,
      definitions,
      ...(scores === undefined && sessions === undefined ? {} : { unread }),
    },
    ports.clock.now(),
    ports.staleAfterMs,
  );
};

/** One failing call hides nothing that the others tell; a refused key is everybody's, and a caller may give up. */
const unlessFailed = async <T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<{ readonly value?: T; readonly failed?: ErrorCode }> => {
  try {
    return { value: await work };
  } catch (error) {
    const { code } = asAppError(error);
    if (code === 'key-wrong' || signal?.aborted) throw error;
    return { failed: code };
  }
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
