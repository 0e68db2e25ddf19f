import { Agent, request } from 'node:http';
import { aMessage } from '../teams/activities.ts';
import { quantile } from './median.ts';
import type { Peer } from './peer.ts';
import type { StubConnector } from './stub-connector.ts';

export interface Load {
  readonly text: string;
  readonly turns: number;
  readonly connections: number;
  readonly authorization?: string;
}

export interface Driven {
  readonly turnsPerSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** ms of CPU of the peer a turn */
  readonly cpu: number;
}

/** So many that neither Teams' limits nor those for one person hold anything back. */
const people = 2000;
const tenants = 80;
let turnsMade = 0;

export const tenantIds: readonly string[] = Array.from(
  { length: tenants },
  (_, index) => `tenant-${index}`,
);

const nextMessage = (serviceUrl: string, text: string) => {
  turnsMade += 1;
  const person = turnsMade % people;
  const tenantId = tenantIds[person % tenants] ?? '';
  const id = `activity-${turnsMade}`;
  const message = aMessage(serviceUrl, text, {
    id,
    from: { id: `29:${person}`, name: `Person ${person}`, aadObjectId: `object-${person}` },
    conversation: { id: `a:${person}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  return { id, body: JSON.stringify(message) };
};

export const post = (
  url: string,
  agent: Agent,
  body: string,
  authorization?: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(authorization === undefined ? {} : { authorization }),
    };
    request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end(body);
  });

/** As many people at once as there are connections, each waiting for the answer before the next turn. */
export const drive = async (peer: Peer, connector: StubConnector, load: Load): Promise<Driven> => {
  const { text, turns, connections, authorization } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let left = turns;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { id, body } = nextMessage(connector.url, text);
      const startedAt = performance.now();
      const status = await post(peer.url, agent, body, authorization);
      latencies.push(performance.now() - startedAt);
      if (status !== 200 || !connector.tookAnswerTo(id))
        throw new Error(`a turn with “${text}” got ${status} and no answer`);
    }
  };
  const before = await peer.gauge();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  const { cpuMs } = await peer.gauge();
  agent.destroy();
  return {
    turnsPerSecond: turns / seconds,
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    p99: quantile(latencies, 0.99),
    cpu: (cpuMs - before.cpuMs) / turns,
  };
};
