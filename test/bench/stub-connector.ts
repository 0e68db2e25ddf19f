import { createServer } from 'node:http';
import { listening } from './listening.ts';

/** Teams' connector, as fast as it can be: it remembers what was answered, not what with. */
export interface StubConnector {
  readonly url: string;
  /** True once for each activity that was answered by a message. */
  tookAnswerTo(activityId: string): boolean;
  close(): void;
}

const reply = /^\/v3\/conversations\/[^/]+\/activities\/([^/]+)$/;
const taken = JSON.stringify({ id: 'message-1' });

export const startStubConnector = async (): Promise<StubConnector> => {
  const answered = new Set<string>();
  const server = createServer((request, response) => {
    const [, activityId] = reply.exec(request.url ?? '') ?? [];
    if (activityId !== undefined) answered.add(decodeURIComponent(activityId));
    request.resume().on('end', () => {
      response.writeHead(activityId === undefined ? 404 : 201, {
        'content-type': 'application/json',
      });
      response.end(taken);
    });
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
