import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type BigFleet, bigFleet } from './big-fleet.ts';
import { listening } from './listening.ts';

/** What PingPlotter was asked since it was started. */
export interface Asked {
  /** Changes of each agent, by its id. */
  readonly changes: Readonly<Record<string, number>>;
  /** By `Date.now()`; 0 = none yet. */
  readonly firstChangeAt: number;
  readonly lastChangeAt: number;
  /** Changes that were under way at once, at most. */
  readonly atOnce: number;
  /** When each fleet was listed, by the first part of the path. */
  readonly lists: Readonly<Record<string, readonly number[]>>;
}

const StatusRequest = z.object({ AgentUniqueIds: z.array(z.string()) });
const change = /^\/agents\/([^/]+)\/sessions$/u;

const oneAgent = /^\/agents\/([^/]+)$/u;
const Agents = z.array(z.looseObject({ UniqueId: z.string() }));

const agentIn = (fleet: string, id: string): object | undefined =>
  Agents.parse(JSON.parse(fleet)).find(({ UniqueId }) => UniqueId === id);

/**
 * PingPlotter Cloud that takes so long for each answer. The first part of a path is the size of the fleet, with a number
 * behind it that tells accounts apart: `/500-7/agents`; `/hanging` answers nothing.
 */
export const startSlowPingPlotter = async (
  latencyMs: number,
): Promise<{ readonly url: string; readonly asked: () => Asked }> => {
  const fleets = new Map<number, BigFleet>();
  const fleetOf = (size: number): BigFleet => {
    const fleet = fleets.get(size) ?? bigFleet(size);
    fleets.set(size, fleet);
    return fleet;
  };
  const changes: Record<string, number> = {};
  const paused = new Set<string>();
  const lists: Record<string, readonly number[]> = {};
  let [firstChangeAt, lastChangeAt, underWay, atOnce, polls] = [0, 0, 0, 0, 0];

  const sessionsOf = (size: number): string =>
    JSON.stringify(
      Array.from({ length: size }, (_, index) =>
        ['crm', 'voice'].map((target, session) => ({
          SessionId: `session-${index}-${session}`,
          AgentUniqueId: `agent-${index}`,
          Description: target,
          IpAddress: `203.0.113.${session}`,
          Status: paused.has(`agent-${index}`) ? 'Paused' : 'Active',
        })),
      ).flat(),
    );

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, of = '', path = ''] = /^\/([^/]+)(\/.*)$/u.exec(pathname) ?? [];
    if (of === 'hanging') return;
    const size = Number.parseInt(of, 10);
    response.setHeader('content-type', 'application/json');
    const [, agent] = change.exec(path) ?? [];
    if (request.method === 'PUT' && agent !== undefined) {
      const now = Date.now();
      // It takes effect when it comes, however long the answer takes.
      changes[agent] = (changes[agent] ?? 0) + 1;
      paused.add(agent);
      underWay += 1;
      atOnce = Math.max(atOnce, underWay);
      firstChangeAt ||= now;
      request.resume();
      await sleep(latencyMs);
      underWay -= 1;
      lastChangeAt = Date.now();
      return response.end('true');
    }
    const body = request.method === 'POST' ? await json(request) : undefined;
    await sleep(latencyMs);
    if (path === '/agents') {
      lists[of] = [...(lists[of] ?? []), Date.now()];
      polls += 1;
      return response.end(fleetOf(size).list(Date.now()));
    }
    if (path === '/sessions') return response.end(sessionsOf(size));
    const [, single] = oneAgent.exec(path) ?? [];
    if (request.method === 'GET' && single !== undefined)
      return response.end(JSON.stringify(agentIn(fleetOf(size).list(Date.now()), single)));
    if (path === '/agents/customfields') return response.end('[]');
    const { AgentUniqueIds: ids } = StatusRequest.parse(body);
    return response.end(fleetOf(size).statuses(ids, Date.now(), polls));
  });
  const url = await listening(server);
  return {
    url,
    asked: () => ({ changes, firstChangeAt, lastChangeAt, atOnce, lists }),
  };
};
