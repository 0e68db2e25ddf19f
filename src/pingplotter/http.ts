import http from 'node:http';
import https from 'node:https';
import axios, { isAxiosError } from 'axios';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Endpoint } from './endpoints.ts';
import { abandoned, connectionFailure, timeout, unreadable } from './failures.ts';

export interface HttpOptions {
  /** May hold a path prefix. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter?: string;
  /** When it was sent, by the server's clock. */
  readonly date?: string;
}

export interface Http {
  /** One call, tried once; any status is an answer. Rejects with AppError. */
  send(endpoint: Endpoint, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer>;
  close(): void;
}

/** Room for the list of some 80,000 agents. */
const largestAnswerBytes = 128 * 1024 * 1024;
/** Below the idle limit of common load balancers, so that few sockets are found closed. */
const idleSocketMs = 30_000;

export const openHttp = ({ baseUrl, apiKey, timeoutMs }: HttpOptions): Http => {
  const base = baseUrl.replace(/\/+$/, '');
  const pooled = socketAgents({ keepAlive: true, maxSockets: 16, timeout: idleSocketMs });
  // A kept socket may be dead, and a call that must not be repeated cannot try another one.
  const fresh = socketAgents({ keepAlive: false });
  const client = axios.create({
    proxy: false,
    maxRedirects: 0, // the key must not travel to another host
    maxContentLength: largestAnswerBytes,
    validateStatus: null,
    responseType: 'text',
    transformRequest: [],
    transformResponse: [],
  });

  const request = async (
    endpoint: Endpoint,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const response = await client.request<string>({
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
      ...(endpoint.repeatable === 'once' ? fresh : pooled),
    });
    const header = (name: string): string | undefined => {
      const value: unknown = response.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return {
      status: response.status,
      text: response.data,
      ...optional('retryAfter', header('retry-after')),
      ...optional('date', header('date')),
    };
  };

  return {
    async send(endpoint, path, body, signal) {
      // axios' own timeout starts anew with each byte, this one covers the call as a whole.
      const ending = new AbortController();
      const end = (): void => ending.abort();
      const deadline = setTimeout(end, timeoutMs);
      signal?.addEventListener('abort', end, { once: true });
      try {
        return await request(endpoint, path, body, ending.signal);
      } catch (error) {
        if (signal?.aborted) throw abandoned(endpoint, true);
        if (ending.signal.aborted) throw timeout(endpoint, timeoutMs);
        throw failureOf(endpoint, error);
      } finally {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', end);
      }
    },
    close() {
      for (const agent of [...Object.values(pooled), ...Object.values(fresh)]) agent.destroy();
    },
  };
};

const socketAgents = (
  options: http.AgentOptions,
): { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent } => ({
  httpAgent: new http.Agent(options),
  httpsAgent: new https.Agent(options),
});

const failureOf = (endpoint: Endpoint, error: unknown): AppError => {
  if (!isAxiosError(error))
    return new AppError('internal', `${endpoint.name}: the call could not be made`);
  if (error.code !== 'ERR_BAD_RESPONSE')
    return connectionFailure(endpoint, error.code ?? 'connection failed');
  // With the response: it broke off. Without: it was larger than allowed.
  return error.response === undefined
    ? unreadable(endpoint)
    : connectionFailure(endpoint, 'answer broke off');
};
