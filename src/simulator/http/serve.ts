import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../fault.ts';
import type { Api, ApiAnswer, ApiRequest } from './api.ts';

export interface RecordedRequest extends ApiRequest {
  /** The path as sent, without the query. */
  readonly path: string;
  /** ms since 1970, by the caller's clock. */
  readonly at: number;
}

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly now: () => number;
}

export interface ApiServer {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

const requestsRecorded = 10_000;

export const serve = async (
  api: Api,
  faults: Faults,
  { host, port, now }: ServeOptions,
): Promise<ApiServer> => {
  const requests: RecordedRequest[] = [];
  const closing = new AbortController();

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = { ...(await readRequest(incoming)), at: now() };
    requests.push(request);
    if (requests.length > requestsRecorded) requests.shift();
    // Its own time: whoever judges by the header sees one clock.
    response.setHeader('Date', new Date(now()).toUTCString());
    const fault = faults.take(request);
    switch (fault?.kind) {
      case undefined:
        return sendJson(response, api(request));
      case 'hang':
        return;
      case 'hang-after':
        api(request);
        return;
      case 'delay':
        await sleep(fault.ms, undefined, { signal: closing.signal });
        return sendJson(response, api(request));
      case 'reset':
        incoming.socket.destroy();
        return;
      case 'reset-after':
        api(request);
        incoming.socket.destroy();
        return;
      case 'status':
        send(response, fault.status, fault.headers ?? {}, fault.body ?? '');
        return;
      case 'raw':
        send(
          response,
          200,
          { 'Content-Type': fault.contentType ?? 'application/json' },
          fault.body,
        );
        return;
      default:
        return fault satisfies never;
    }
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => {
      // At closing, or after a request that broke off, nobody is left to answer.
      if (closing.signal.aborted || !incoming.complete) incoming.socket.destroy();
      else sendJson(response, { status: 500, headers: {}, body: { Message: 'It failed.' } });
    });
  });
  const address = await new Promise<AddressInfo | string | null>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server.address()));
  });
  const listeningOn = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listeningOn}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const readRequest = async (incoming: IncomingMessage): Promise<ApiRequest> => {
  const [path = '', ...search] = (incoming.url ?? '').split('?');
  return {
    method: incoming.method ?? '',
    path,
    query: Object.fromEntries(new URLSearchParams(search.join('?'))),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: await text(incoming),
  };
};

const sendJson = (response: ServerResponse, { status, headers, body }: ApiAnswer): void => {
  const type = { 'Content-Type': 'application/json; charset=utf-8' };
  send(response, status, { ...headers, ...type }, JSON.stringify(body));
};

/** In two calls: restify, once loaded in the same process, makes every `writeHead` return nothing. */
const send = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void => {
  response.writeHead(status, headers);
  response.end(body);
};
