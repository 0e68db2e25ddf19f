import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import type { Clock } from '../platform/clock.ts';
import { AppError, errnoOf } from '../platform/errors.ts';
import { keepAliveAgents, newConnectionAgents } from '../platform/http-agent.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { optional } from '../shared/optional.ts';
import type { Endpoint } from './endpoints.ts';
import { abandoned, connectionFailure, isMalformed, timeout, unreadable } from './failures.ts';
import { createPlaces } from './places.ts';

export interface HttpOptions {
  /** May hold a path prefix. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly proxy?: OutboundProxy | undefined;
  /** What the deadline is measured by. */
  readonly after: Clock['after'];
}

export interface Request {
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter?: string;
  /** When it was sent, by the server's clock. */
  readonly date?: string;
  /** The body, as it arrives; throws when it breaks off. */
  readonly chunks: AsyncIterable<Buffer>;
}

export interface Http {
  /**
   * One call, tried once; any status is an answer. `take` reads it within the deadline. Rejects with
   * AppError.
   */
  send<T>(endpoint: Endpoint, request: Request, take: (answer: Answer) => Promise<T>): Promise<T>;
  close(): void;
}

/** Room for the list of some 80,000 agents. */
const largestAnswerBytes = 128 * 1024 * 1024;
/** Below the idle limit of common load balancers, so that few sockets are found closed. */
const idleSocketMs = 30_000;
/**
 * What the answers that Teams lets through in a second ask, three calls each, at 300 ms a call. Who waits for a
 * place waits for the bot, so the deadline of the call begins behind it.
 */
const callsAtOnce = 64;

export const openHttp = ({ baseUrl, apiKey, timeoutMs, proxy, after }: HttpOptions): Http => {
  const base = baseUrl.replace(/\/+$/, '');
  const pooled = keepAliveAgents({ idleMs: idleSocketMs, proxy });
  const fresh = newConnectionAgents(proxy);
  const places = createPlaces(callsAtOnce);
  const client = axios.create({
    proxy: false,
    maxRedirects: 0, // the key must not travel to another host
    validateStatus: null,
    responseType: 'stream',
    transformRequest: [],
    transformResponse: [],
  });

  const call = async (
    endpoint: Endpoint,
    { path, body }: Request,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const agents = endpoint.repeatable === 'once' ? fresh : pooled;
    const response = await client.request<Readable>({
      method: endpoint.method,
      url: base + path,
      headers: {
        accept: 'application/json',
        'X-API-KEY': apiKey,
        // Left alone, axios marks a PUT or POST without a body as a form, and a DELETE's body as nothing.
        'Content-Type': body === undefined ? false : 'application/json',
      },
      data: body === undefined ? undefined : JSON.stringify(body),
      signal,
      httpAgent: agents.http,
      httpsAgent: agents.https,
    });
    const header = (name: string): string | undefined => {
      const value: unknown = response.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return {
      status: response.status,
      chunks: chunksOf(endpoint, response.data),
      ...optional('retryAfter', header('retry-after')),
      ...optional('date', header('date')),
    };
  };

  return {
    async send(endpoint, { signal, ...request }, take) {
      await places.enter(signal).catch(() => Promise.reject(abandoned(endpoint, false)));
      // axios' own timeout starts again with each byte, this one covers the call as a whole.
      const ending = new AbortController();
      const end = (): void => ending.abort();
      const callOff = after(timeoutMs, end);
      signal?.addEventListener('abort', end, { once: true });
      try {
        return await take(await call(endpoint, request, ending.signal));
      } catch (error) {
        if (signal?.aborted) throw abandoned(endpoint, true);
        if (ending.signal.aborted) throw timeout(endpoint, timeoutMs);
        throw failureOf(endpoint, error);
      } finally {
        callOff();
        signal?.removeEventListener('abort', end);
        places.leave();
      }
    },
    close() {
      pooled.close();
      fresh.close();
    },
  };
};

const failureOf = (endpoint: Endpoint, error: unknown): AppError => {
  if (error instanceof AppError) return error;
  return isAxiosError(error)
    ? connectionFailure(endpoint, error.code ?? 'connection failed')
    : new AppError('internal', `${endpoint.name}: the call could not be made`);
};

async function* chunksOf(endpoint: Endpoint, body: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Buffer)) continue;
      bytes += chunk.length;
      if (bytes > largestAnswerBytes) throw unreadable(endpoint);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AppError ? error : brokenOff(endpoint, error);
  }
}

/** A body in another encoding than its header says is a bad answer; all else is a connection that ended. */
const brokenOff = (endpoint: Endpoint, error: unknown): AppError =>
  isMalformed(errnoOf(error) ?? '')
    ? unreadable(endpoint)
    : connectionFailure(endpoint, 'answer broke off');

/** Identifies the address and the key that PingPlotter is read with, without revealing either. */
export const sourceOf = (read: { readonly baseUrl: string; readonly apiKey: string }): string =>
  createHash('sha256').update(`${read.baseUrl}\n${read.apiKey}`).digest('hex').slice(0, 16);
