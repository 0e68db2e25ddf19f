import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Where in a request a connection is closed. */
export type Cut = 'before it is read' | 'while it is read' | 'after it was taken';

export interface RawRequest {
  /** Counts the connections from 1. */
  readonly connection: number;
  /** Counts the requests of its connection from 1. */
  readonly ofConnection: number;
  /** Counts all requests from 1. */
  readonly request: number;
}

const headEnd = '\r\n\r\n';

const bodyLength = (head: string): number =>
  Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);

/**
 * A connector that closes connections by `cut`, which is asked when the first bytes of a request
 * come. `taken` holds the body of each request that was read as a whole.
 */
export const startRawConnector = async (cut: (request: RawRequest) => Cut | undefined) => {
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let requests = 0;
  const serve = (socket: Socket): void => {
    connections += 1;
    const connection = connections;
    let ofConnection = 0;
    let read = '';
    let how: Cut | undefined;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      if (read === '') {
        ofConnection += 1;
        requests += 1;
        how = cut({ connection, ofConnection, request: requests });
      }
      read += chunk.toString('utf8');
      const head = read.indexOf(headEnd);
      if (how === 'before it is read') return void socket.resetAndDestroy();
      if (head < 0) return;
      const body = read.slice(head + headEnd.length);
      if (how === 'while it is read') return void socket.resetAndDestroy();
      if (Buffer.byteLength(body) < bodyLength(read.slice(0, head))) return;
      taken.push(body);
      read = '';
      if (how === 'after it was taken') return void socket.resetAndDestroy();
      const answer = `{"id":"message-${taken.length}"}`;
      socket.write(
        `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}${headEnd}${answer}`,
      );
    });
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the connector has no port');
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return {
    url: `http://127.0.0.1:${bound.port}/`,
    taken,
    requests: () => requests,
  };
};
