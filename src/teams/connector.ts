import { Agent as HttpAgent, request as plainRequest } from 'node:http';
import { Agent as HttpsAgent, request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { errnoOf } from '../core/errno.ts';
import { optional } from '../core/optional.ts';

export interface ConnectorCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly serviceUrl: string;
  /** The parts of the address behind `v3/conversations`, as they are. */
  readonly path: readonly string[];
  readonly body?: object;
  readonly timeoutMs: number;
}

/** Gives the answer's JSON after one attempt; rejects with ConnectorError, or when there is no token. */
export type Connector = (call: ConnectorCall) => Promise<unknown>;

/** An answer that is no success, or none at all: then there is only Node's code for why. */
export class ConnectorError extends Error {
  readonly statusCode?: number;
  readonly code?: string;
  /** The answer's JSON. */
  readonly details?: unknown;
  readonly retryAfter?: string;

  constructor(
    facts: Pick<ConnectorError, 'statusCode' | 'code' | 'details' | 'retryAfter'>,
    cause?: unknown,
  ) {
    super('the connector did not do it', { cause });
    this.name = 'ConnectorError';
    Object.assign(this, facts);
  }
}

interface Answer {
  readonly statusCode: number;
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/** Shorter than servers keep idle connections, so that a request seldom meets one that is being closed. */
const idleMs = 4000;

const addressOf = ({ serviceUrl, path }: ConnectorCall): string =>
  `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${path.map(encodeURIComponent).join('/')}`;

const parsed = ({ body }: Answer): unknown => {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * The three calls of Teams' connector that the bot needs. Not botbuilder's client: it sends again by
 * itself, after 500 and resets too, which doubles messages, follows redirects with the bot's token, and
 * takes a fifth of a turn's CPU.
 */
export const createConnector = (token: () => Promise<string | undefined>): Connector => {
  const plain = new HttpAgent({ keepAlive: true, timeout: idleMs });
  const secure = new HttpsAgent({ keepAlive: true, timeout: idleMs });

  const send = (call: ConnectorCall, bearer: string | undefined): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method, body, timeoutMs } = call;
      const content = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        accept: 'application/json',
        ...optional('authorization', bearer && `Bearer ${bearer}`),
        ...(content === undefined
          ? {}
          : {
              'content-type': 'application/json; charset=utf-8',
              'content-length': Buffer.byteLength(content),
            }),
      };
      const address = addressOf(call);
      const outgoing = address.startsWith('https:')
        ? secureRequest(address, { method, headers, agent: secure })
        : plainRequest(address, { method, headers, agent: plain });
      const late = setTimeout(() => outgoing.destroy(new Error('too late')), timeoutMs);
      const fail = (cause: Error): void => {
        clearTimeout(late);
        reject(new ConnectorError(optional('code', errnoOf(cause)), cause));
      };
      outgoing.once('error', fail);
      outgoing.once('response', (response) => {
        const { statusCode = 0 } = response;
        const retryAfter = response.headers['retry-after'];
        text(response).then((received) => {
          clearTimeout(late);
          resolve({ statusCode, retryAfter, body: received });
        }, fail);
      });
      outgoing.end(content);
    });

  return async (call) => {
    const answer = await send(call, await token());
    const { statusCode, retryAfter } = answer;
    const details = parsed(answer);
    if (statusCode >= 200 && statusCode < 300 && details !== undefined) return details;
    throw new ConnectorError({ statusCode, details, ...optional('retryAfter', retryAfter) });
  };
};
