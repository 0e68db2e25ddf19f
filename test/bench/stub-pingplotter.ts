import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { bigFleet } from './big-fleet.ts';
import { listening } from './listening.ts';

/** PingPlotter Cloud with a fleet of this size, which counts what it is asked. */
export interface StubPingPlotter {
  readonly url: string;
  calls(): number;
  /** By `performance.now()`. */
  lastCallAt(): number;
  /** All agents are bad from now on. */
  spoil(): void;
  close(): void;
}

const StatusRequest = z.object({ AgentUniqueIds: z.array(z.string()).optional() });

export interface PingPlotterOptions {
  /** Before each answer. */
  readonly delayMs?: number;
  /** Told of each request about the status of so many agents, once it is answered. */
  readonly onStatuses?: (agents: number) => void;
}

/** What is asked of one agent. */
const ofOne = /^\/agents\/([^/?]+)(?:\/(status))?$/u;

export const startStubPingPlotter = async (
  agents: number,
  { delayMs = 0, onStatuses }: PingPlotterOptions = {},
): Promise<StubPingPlotter> => {
  let isBad = false;
  const fleet = bigFleet(agents, () => isBad);
  let calls = 0;
  let lastCallAt = Number.NEGATIVE_INFINITY;
  const answerTo = (path: string, asked: readonly string[]): string => {
    const now = Date.now();
    if (asked.length > 0) return fleet.statuses(asked, now, calls);
    if (path.startsWith('/sessions')) return '[]';
    const [, id, part] = ofOne.exec(path) ?? [];
    if (id === undefined) return fleet.list(now);
    return part === 'status' ? fleet.status(id, now, calls) : fleet.agent(id, now);
  };
  const server = createServer(async (request, response) => {
    calls += 1;
    lastCallAt = performance.now();
    const { AgentUniqueIds: asked = [] } =
      request.method === 'POST' ? StatusRequest.parse(await json(request)) : {};
    if (delayMs > 0) await sleep(delayMs);
    response.setHeader('content-type', 'application/json');
    response.end(answerTo(request.url ?? '', asked));
    if (asked.length > 0) onStatuses?.(asked.length);
  });
  return {
    url: await listening(server),
    calls: () => calls,
    lastCallAt: () => lastCallAt,
    spoil: () => {
      isBad = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
