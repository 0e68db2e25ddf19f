import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { bigFleet } from './big-fleet.ts';
import { listening } from './listening.ts';

/** PingPlotter Cloud with a fleet of this size, which counts what it is asked. */
export interface StubPingPlotter {
  readonly url: string;
  calls(): number;
  /** By `performance.now()`. */
  lastCallAt(): number;
  close(): void;
}

const StatusRequest = z.object({ AgentUniqueIds: z.array(z.string()) });

export const startStubPingPlotter = async (agents: number): Promise<StubPingPlotter> => {
  const fleet = bigFleet(agents);
  let calls = 0;
  let lastCallAt = Number.NEGATIVE_INFINITY;
  const server = createServer(async (request, response) => {
    calls += 1;
    lastCallAt = performance.now();
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') return response.end(fleet.list(Date.now()));
    const { AgentUniqueIds: ids } = StatusRequest.parse(await json(request));
    return response.end(fleet.statuses(ids, Date.now(), calls));
  });
  return {
    url: await listening(server),
    calls: () => calls,
    lastCallAt: () => lastCallAt,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
