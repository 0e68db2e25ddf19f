import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ConnectorClient } from 'botframework-connector';

/** A client of the connector for a service address, made once. */
export type Connectors = (serviceUrl: string) => Promise<ConnectorClient>;

interface Pipeline {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
  addPolicy(policy: {
    readonly name: string;
    sendRequest(
      request: { readonly url: string; agent?: unknown },
      next: (request: unknown) => Promise<unknown>,
    ): Promise<unknown>;
  }): void;
}

/** Teams has one address a region; more than this many are not at home in one tenant. */
const most = 50;

/** Shorter than servers keep idle connections, so that a request seldom meets one that is being closed. */
const idleMs = 4000;

/**
 * botbuilder retries by itself, up to three times and after 500 and resets too, which doubles
 * messages; and it follows redirects with the bot's token. The pipeline that does so is a private
 * field: no option reaches it (`noRetryPolicy` is ignored), so the cast cannot be avoided.
 */
const tame = (connector: ConnectorClient, agents: readonly [HttpAgent, HttpsAgent]): void => {
  const { client } = connector as unknown as { readonly client: { readonly pipeline: Pipeline } };
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) {
    if (client.pipeline.removePolicy({ name }).length !== 1)
      throw new Error(`botbuilder's pipeline has no ${name}`);
  }
  const [plain, secure] = agents;
  client.pipeline.addPolicy({
    name: 'idleConnections',
    sendRequest: (request, next) => {
      request.agent ??= request.url.startsWith('https:') ? secure : plain;
      return next(request);
    },
  });
};

/** Building a client takes longer than a call with it, and botbuilder would build one for each turn. */
export const createConnectors = (
  build: (serviceUrl: string) => Promise<ConnectorClient>,
): Connectors => {
  const clients = new Map<string, Promise<ConnectorClient>>();
  const agents = [
    new HttpAgent({ keepAlive: true, timeout: idleMs }),
    new HttpsAgent({ keepAlive: true, timeout: idleMs }),
  ] as const;

  const make = async (serviceUrl: string): Promise<ConnectorClient> => {
    const connector = await build(serviceUrl);
    tame(connector, agents);
    return connector;
  };

  return async (serviceUrl) => {
    const client = clients.get(serviceUrl) ?? make(serviceUrl);
    // Put back at the end: the first entry is the one that was not used for longest.
    clients.delete(serviceUrl);
    clients.set(serviceUrl, client);
    const [oldest] = clients.keys();
    if (clients.size > most && oldest !== undefined) clients.delete(oldest);
    try {
      return await client;
    } catch (error) {
      clients.delete(serviceUrl);
      throw error;
    }
  };
};
