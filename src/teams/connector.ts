import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { errnoOf } from '../platform/errors.ts';
import { type HttpAgents, keepAliveAgents, newConnectionAgents } from '../platform/http-agent.ts';
import type { Slot } from '../platform/messenger.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { optional } from '../shared/optional.ts';
import { SignInError, signInCode } from './sign-in-error.ts';

export interface ConnectorCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly serviceUrl: string;
  /** The parts of the address behind `v3/conversations`, as they are. */
  readonly path: readonly string[];
  /** Behind the question mark, as it is. */
  readonly query?: string;
  readonly body?: object;
  readonly timeoutMs: number;
  /** It is notified when the bytes of the call are out. Without one nobody counts. */
  readonly slot?: Slot | undefined;
}

/**
 * Fulfils with the answer's JSON; rejects with ConnectorError, or with SignInError when there is no token. A
 * call whose connection ends before any answer is repeated once: the other end often closes an idle connection
 * just then, and a message that comes twice is better than one that is lost.
 */
export type Connector = (call: ConnectorCall) => Promise<unknown>;

/** The token that the bot shows to the connector. `refused` is the one that the connector refused last: another one is wanted. */
export type OutgoingToken = (refused?: string) => Promise<string | undefined>;

/** An answer that is no success, or no answer: then there is only Node's code. */
export class ConnectorError extends Error {
  readonly statusCode?: number;
  readonly code?: string;
  /** The answer's JSON. */
  readonly details?: unknown;
  readonly retryAfter?: string;
  /** No connection came about, so nothing can have arrived. */
  readonly unsent?: boolean;

  constructor(
    facts: Pick<ConnectorError, 'statusCode' | 'code' | 'details' | 'retryAfter' | 'unsent'>,
    cause?: unknown,
  ) {
    super('the connector did not do it', { cause });
    this.name = 'ConnectorError';
    Object.assign(this, facts);
  }
}

/** The connection ended, by a reset or a close, before any byte of an answer came. */
class CutOff extends ConnectorError {}

const endings = new Set(['ECONNRESET', 'EPIPE']);

interface Answer {
  readonly statusCode: number;
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/** Shorter than servers keep idle connections, so that a request seldom meets one that is being closed. */
const idleMs = 4000;

const addressOf = ({ serviceUrl, path, query }: ConnectorCall): string =>
  `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${path.map(encodeURIComponent).join('/')}${query === undefined ? '' : `?${query}`}`;

const parsed = ({ body }: Answer): unknown => {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
};

const tooLate = (): Error => new Error('too late');

/** Rejects with the signal's reason when that comes first; the work itself goes on. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });

/** Classifies a failure of the connection by what had gone over it until then. */
const watched = (outgoing: ClientRequest): ((cause: Error) => ConnectorError) => {
  let socket: Socket | undefined;
  let readBefore = 0;
  let connected = false;
  outgoing.once('socket', (given) => {
    socket = given;
    readBefore = given.bytesRead;
    connected = outgoing.reusedSocket;
    if (connected) return;
    given.once('encrypted' in given ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  return (cause) => {
    const facts = optional('code', errnoOf(cause));
    if (!connected) return new ConnectorError({ ...facts, unsent: true }, cause);
    const silent = socket?.bytesRead === readBefore;
    return silent && endings.has(facts.code ?? '')
      ? new CutOff(facts, cause)
      : new ConnectorError(facts, cause);
  };
};

/**
 * The three calls of Teams' connector that the bot needs. Not botbuilder's client: it sends again by
 * itself, after 500 and resets too, which doubles messages, follows redirects with the bot's token, and
 * takes a fifth of a turn's CPU.
 */
export const createConnector = (token: OutgoingToken, proxy?: OutboundProxy): Connector => {
  const pooled = keepAliveAgents({ idleMs, proxy });
  const fresh = newConnectionAgents(proxy);
  let refused: string | undefined;

  const bearerWithin = async (signal: AbortSignal): Promise<string | undefined> => {
    try {
      return await unlessAborted(token(refused), signal);
    } catch (error) {
      throw error instanceof SignInError ? error : new SignInError(signInCode(error), error);
    }
  };

  const send = (
    call: ConnectorCall,
    bearer: string | undefined,
    signal: AbortSignal,
    agents: HttpAgents,
    slot: Slot | undefined,
  ): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      const { method, body } = call;
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
        ? secureRequest(address, { method, headers, agent: agents.https })
        : plainRequest(address, { method, headers, agent: agents.http });
      signal.addEventListener('abort', () => outgoing.destroy(tooLate()), { once: true });
      const failureOf = watched(outgoing);
      const fail = (cause: Error): void => reject(failureOf(cause));
      outgoing.once('error', fail);
      outgoing.once('finish', () => slot?.written());
      outgoing.once('response', (response) => {
        slot?.over();
        const { statusCode = 0 } = response;
        const retryAfter = response.headers['retry-after'];
        text(response).then(
          (received) => resolve({ statusCode, retryAfter, body: received }),
          fail,
        );
      });
      outgoing.end(content);
    }).finally(() => slot?.over());

  /** The repeat counts towards Teams' limits as the first one does. Where it comes too late, the first failure stands. */
  const sendAgain = async (
    call: ConnectorCall,
    bearer: string | undefined,
    signal: AbortSignal,
    failure: CutOff,
  ): Promise<Answer> => {
    const slot = await call.slot?.again(signal).catch(() => Promise.reject(failure));
    return send(call, bearer, signal, fresh, slot);
  };

  const answerWithin = async (call: ConnectorCall, signal: AbortSignal): Promise<unknown> => {
    const bearer = await bearerWithin(signal);
    const answer = await send(call, bearer, signal, pooled, call.slot).catch((error) => {
      if (!(error instanceof CutOff) || signal.aborted) throw error;
      return sendAgain(call, bearer, signal, error);
    });
    const { statusCode, retryAfter } = answer;
    if (statusCode === 401) refused = bearer;
    const details = parsed(answer);
    if (statusCode >= 200 && statusCode < 300 && details !== undefined) return details;
    throw new ConnectorError({ statusCode, details, ...optional('retryAfter', retryAfter) });
  };

  return async (call) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new SignInError('no_answer')), call.timeoutMs);
    try {
      return await answerWithin(call, late.signal);
    } finally {
      clearTimeout(timer);
    }
  };
};
