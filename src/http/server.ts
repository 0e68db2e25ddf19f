import { STATUS_CODES } from 'node:http';
import { createServer, type Request, type Response } from 'restify';
import type { Logger } from '../platform/log.ts';
import type { Readiness } from '../platform/metrics.ts';
import { readJsonBody } from './json-body.ts';
import { readHint } from './webhook.ts';

export interface HttpPorts {
  readonly receive: (request: {
    readonly authorization?: string | undefined;
    readonly body: unknown;
  }) => Promise<{ readonly status: number; readonly body?: unknown }>;
  readonly ready: () => Promise<Readiness>;
  readonly metricsText: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Without a secret the webhook is off. */
  readonly webhookSecret?: string | undefined;
  readonly onHint: (agentIds: readonly string[]) => Promise<void>;
  /** How long a body may take; ten seconds if left out. */
  readonly bodyTimeoutMs?: number;
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
const retryAfter = { 'Retry-After': '2' };
const endConnection = { Connection: 'close' };

export const createHttpServer = (ports: HttpPorts): HttpServer => {
  const { receive, ready, metricsText, webhookSecret, onHint, bodyTimeoutMs, log } = ports;
  const server = createServer({ name: '' });
  server.server.headersTimeout = 15_000;
  server.server.requestTimeout = 30_000;
  let turns = 0;
  let closing = false;

  const takeTurn = async (request: Request, response: Response, body: unknown): Promise<void> => {
    const answer = await receive({ authorization: request.headers.authorization, body });
    const headers = closing ? endConnection : {};
    if (answer.body !== undefined) sendJson(response, answer.status, answer.body, headers);
    else response.sendRaw(answer.status, '', headers);
  };

  server.post('/api/messages', async (request: Request, response: Response) => {
    // A turn begins with the whole body: a slow sender takes no turn from others.
    const body = await readJsonBody(request, bodyTimeoutMs);
    if ('status' in body) return sendError(response, body.status, endConnection);
    if (closing || turns >= mostTurns)
      return sendError(response, 503, { ...retryAfter, ...(closing ? endConnection : {}) });
    turns += 1;
    try {
      await takeTurn(request, response, body.value);
    } finally {
      turns -= 1;
    }
  });

  const handleWebhook = async (request: Request, response: Response): Promise<void> => {
    request.resume();
    const hint = readHint({ headers: request.headers, query: request.getQuery() }, webhookSecret);
    if (hint.status !== 202) return sendError(response, hint.status);
    await onHint(hint.agentIds);
    sendJson(response, 202, { accepted: true });
  };
  for (const method of ['get', 'post', 'put'] as const) {
    server[method]('/api/webhooks/pingplotter', handleWebhook);
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

  // Unknown routes and methods too. restify's own answers would repeat the address or the error.
  server.on(
    'restifyError',
    (request: Request, response: Response, error: unknown, done: () => void) => {
      const status =
        error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
      if (status >= 500) log.error('request.failed', { path: request.getPath(), error });
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

/** The reason phrase as one word: an error's answer says no more. */
const codeOf = (status: number): string =>
  (STATUS_CODES[status] ?? 'Internal Server Error').replace(/[^A-Za-z]/g, '');

export const sendJson = (
  response: Response,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.sendRaw(status, JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
};

export const sendError = (
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void => sendJson(response, status, { error: { code: codeOf(status) } }, headers);
