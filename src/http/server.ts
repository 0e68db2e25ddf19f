import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'restify';
import type { TextFile } from '../platform/files.ts';
import type { Logger } from '../platform/log.ts';
import type { Readiness } from '../platform/metrics.ts';
import { createDownloads, loggedPath } from './files.ts';
import { type BodyRoom, createBodyRooms, isEndless, readJsonBody } from './json-body.ts';
import { createRestifyServer } from './restify-server.ts';
import { readHint } from './webhook.ts';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface HttpPorts {
  /** The refusal of a request by its head alone, before anything of its body is read. */
  readonly refusal: (authorization: string | undefined) => Answer | undefined;
  readonly receive: (request: {
    readonly authorization?: string | undefined;
    readonly body: unknown;
  }) => Promise<Answer>;
  readonly ready: () => Promise<Readiness>;
  readonly metricsText: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Without a secret the webhook is off. */
  readonly webhookSecret?: string | undefined;
  /** Of the account of that name, or of the first; false where there is no such account. */
  readonly onHint: (agentIds: readonly string[], account: string | undefined) => Promise<boolean>;
  /** The file that a link's token leads to. Left out, there are no files. */
  readonly openFile?: (token: string) => Promise<TextFile | undefined>;
  /** How long a body may take; ten seconds if left out. */
  readonly bodyTimeoutMs?: number;
  /** How many bytes of bodies all requests may hold at once. */
  readonly mostBodyBytes?: number;
  readonly mostConnections?: number;
  readonly log: Logger;
}

export interface HttpServer {
  /** Resolves with the port; rejects with Node's error, `EADDRINUSE` above all. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no new requests and resolves when those under way are answered. */
  close(): Promise<void>;
}

/** More turns at once would only wait for each other, longer than Teams waits for them. */
const mostTurns = 200;
/** Room for some thousand activities as Teams sends them, or for 64 as large as one may be. */
const usualMostBodyBytes = 16 * 1024 * 1024;
/** Teams uses its connections again and again; a flood of idle ones must not take the memory. */
const usualMostConnections = 2000;
const retryAfter = { 'Retry-After': '2' };
const endConnection = { Connection: 'close' };

export const createHttpServer = (ports: HttpPorts): HttpServer => {
  const { refusal, receive, ready, metricsText, webhookSecret, onHint, bodyTimeoutMs, log } = ports;
  const { mostBodyBytes = usualMostBodyBytes, mostConnections = usualMostConnections } = ports;
  const server = createRestifyServer(log);
  server.server.headersTimeout = 15_000;
  server.server.requestTimeout = 30_000;
  server.server.maxConnections = mostConnections;
  const roomOf = createBodyRooms(mostBodyBytes);
  let turns = 0;
  let closing = false;

  const send = (response: Response, answer: Answer, headers: Headers): void => {
    if (answer.body !== undefined) sendJson(response, answer.status, answer.body, headers);
    else response.sendRaw(answer.status, '', headers);
  };

  const serve = async (request: Request, response: Response, room: BodyRoom): Promise<void> => {
    // A turn begins with the whole body: a slow sender takes no turn from others.
    const body = await readJsonBody(request, room, bodyTimeoutMs);
    const full = 'status' in body ? body.status === 503 : closing || turns >= mostTurns;
    if (full)
      return sendError(response, 503, {
        ...retryAfter,
        ...(closing || 'status' in body ? endConnection : {}),
      });
    if ('status' in body) return sendError(response, body.status, endConnection);
    turns += 1;
    try {
      const { authorization } = request.headers;
      const answer = await receive({ authorization, body: body.value });
      send(response, answer, closing ? endConnection : {});
    } finally {
      turns -= 1;
    }
  };

  server.post('/api/messages', async (request: Request, response: Response) => {
    const refused = refusal(request.headers.authorization);
    if (refused !== undefined) {
      // What still comes is dropped: a sender that is cut off might miss the answer.
      request.resume();
      return send(response, refused, isEndless(request) ? endConnection : {});
    }
    const room = roomOf();
    try {
      await serve(request, response, room);
    } finally {
      room.leave();
    }
  });

  const handleWebhook = async (request: Request, response: Response): Promise<void> => {
    request.resume();
    const hint = readHint({ headers: request.headers, query: request.getQuery() }, webhookSecret);
    if (hint.status !== 202) return sendError(response, hint.status);
    const { account } = request.params as { readonly account?: string };
    if (!(await onHint(hint.agentIds, account))) return sendError(response, 404);
    sendJson(response, 202, { accepted: true });
  };
  for (const method of ['get', 'post', 'put'] as const) {
    server[method]('/api/webhooks/pingplotter', handleWebhook);
    server[method]('/api/webhooks/pingplotter/:account', handleWebhook);
  }

  server.get('/healthz', async (_request: Request, response: Response) =>
    sendJson(response, 200, { status: 'ok' }),
  );

  server.get('/readyz', async (_request: Request, response: Response) => {
    const readiness = await ready();
    sendJson(response, readiness.ready ? 200 : 503, readiness);
  });

  server.get('/metrics', async (_request: Request, response: Response) => {
    const { contentType, body } = await metricsText();
    response.sendRaw(200, body, { 'Content-Type': contentType });
  });

  const download = createDownloads(ports.openFile);
  server.get('/files/:token', async (request: Request, response: Response) => {
    const refused = await download(String(request.params.token), response);
    if (refused !== undefined) sendError(response, refused, refused === 503 ? retryAfter : {});
  });

  // Unknown routes and methods too. restify's own answers would repeat the address or the error.
  server.on(
    'restifyError',
    (request: Request, response: Response, error: unknown, done: () => void) => {
      const status =
        error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
      if (status >= 500) log.error('request.failed', { path: loggedPath(request), error });
      request.resume();
      if (!response.headersSent) sendError(response, status);
      done();
    },
  );

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.removeListener('error', reject);
          resolve(server.address().port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        server.server.closeIdleConnections();
      }),
  };
};

type Headers = Readonly<Record<string, string>>;

/** The reason phrase as one word: an error's answer says no more. */
const codeOf = (status: number): string =>
  (STATUS_CODES[status] ?? 'Internal Server Error').replace(/[^A-Za-z]/g, '');

export const sendJson = (
  response: Response,
  status: number,
  body: unknown,
  headers: Headers = {},
): void => {
  response.sendRaw(status, JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
};

export const sendError = (response: Response, status: number, headers: Headers = {}): void =>
  sendJson(response, status, { error: { code: codeOf(status) } }, headers);
