import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening } from './listening.ts';

/** Teams' connector, as fast as it can be: it remembers what was answered, not what with. */
export interface StubConnector {
  readonly url: string;
  /** True once for each activity that was answered by a message. */
  tookAnswerTo(activityId: string): boolean;
  close(): void;
}

export interface ConnectorOptions {
  /** Told of each request with what it sends, where somebody wants to know. */
  readonly onRequest?: (request: { readonly path: string; readonly body: string }) => void;
}

const reply = /^\/v3\/conversations\/[^/]+\/activities\/([^/]+)$/;
const post = /^\/v3\/conversations\/[^/]+\/activities$/;
const taken = JSON.stringify({ id: 'message-1' });

export const startStubConnector = async ({
  onRequest,
}: ConnectorOptions = {}): Promise<StubConnector> => {
  const answered = new Set<string>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const [, activityId] = reply.exec(path) ?? [];
    if (activityId !== undefined) answered.add(decodeURIComponent(activityId));
    if (onRequest === undefined) await new Promise((ended) => request.resume().on('end', ended));
    else onRequest({ path, body: await text(request) });
    const isMessage = activityId !== undefined || post.test(path);
    response.writeHead(isMessage ? 201 : 404, { 'content-type': 'application/json' });
    response.end(taken);
  });
  server.keepAliveTimeout = 60_000;
  return {
    url: `${await listening(server)}/`,
    tookAnswerTo: (activityId) => answered.delete(activityId),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
