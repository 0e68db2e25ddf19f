import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Tells connections apart. */
  readonly port: number | undefined;
}

export type Respond = (request: http.IncomingMessage, response: http.ServerResponse) => void;

export interface RawServer {
  readonly url: string;
  readonly received: readonly Received[];
}

/** A web server that answers as it is notified, closed when the test is over. */
export const rawServer = async (respond: Respond): Promise<RawServer> => {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const body = Buffer.concat(chunks).toString();
      received.push({ method, url, headers, body, port: socket.remotePort });
      respond(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}`, received };
};

/** An address on which nobody listens. */
export const closedAddress = async (): Promise<string> => {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
};

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

// What a server may do with a call.

export const answer =
  (status: number, body: string, headers: http.OutgoingHttpHeaders = {}): Respond =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

export const json = (body: unknown): Respond => answer(200, JSON.stringify(body));

export const hang: Respond = () => {};

/** A deadline that is over when the server has the call, and does not answer it: nobody waits for it. */
export const deadlineAtServer = () => {
  const waiting = new Set<() => void>();
  const after = (_ms: number, act: () => void): (() => void) => {
    waiting.add(act);
    return () => void waiting.delete(act);
  };
  const respond: Respond = () => {
    for (const act of waiting) act();
  };
  return { after, respond };
};

export const reset: Respond = (request) => {
  request.socket.resetAndDestroy();
};

/** Promises a hundred bytes, sends ten and hangs up. */
export const breakOff: Respond = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('[{"Name":"', () => response.destroy());
};

export const noHttp: Respond = (request) => {
  request.socket.end('220 mail.example.com ESMTP\r\n\r\n');
};

/** One answer after another; the last one stays. */
export const inTurn = (...responds: readonly [Respond, ...Respond[]]): Respond => {
  let next = 0;
  return (request, response) => {
    const respond = responds[Math.min(next, responds.length - 1)];
    next += 1;
    respond?.(request, response);
  };
};
