import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { errnoOf } from '../platform/errors.ts';
import { type HttpAgents, keepAliveAgents, newConnectionAgents } from '../platform/http-agent.ts';
import type { Slot } from '../platform/messenger.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { optional } from '../shared/optional.ts';
import { addressBelow } from './service-address.ts';
import { SignInError, signInCode } from './sign-in-error.ts';

export interface ConnectorCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly serviceUrl: string;
  /** The parts of the address behind `v3/conversations`, as they are. */
  readonly path: readonly string[];
  /** Behind the question mark, as it is. */
  readonly query?: string;
  /** As JSON, or the bytes of it. */
  readonly body?: object | Buffer;
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

const pathOf = ({ path, query }: ConnectorCall): string =>
  `v3/conversations/${path.map(encodeURIComponent).join('/')}${query === undefined ? '' : `?${query}`}`;

const bytesOf = (body: object | Buffer): Buffer =>
  body instanceof Buffer ? body : Buffer.from(JSON.stringify(body));

/** Not `text` of Node's `stream/consumers`: its iterator takes a fiftieth of a turn. */
const readText = (
  response: IncomingMessage,
  done: (text: string) => void,
  fail: (cause: Error) => void,
): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.once('end', () => done(Buffer.concat(chunks).toString()));
  response.once('error', fail);
  response.once('close', () => {
    if (!response.complete) fail(new Error('the answer was cut off'));
  });
};

const parsed = ({ body }: Answer): unknown => {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
};

const tooLate = (): Error => new Error('too late');

/** The end of the time that a call has. An AbortSignal would do; making one takes a fiftieth of a turn. */
interface Deadline {
  passed(): boolean;
  /** Does this then, instead of what was to be done before. */
  onPassed(act: () => void): void;
  callOff(): void;
}

const deadlineIn = (ms: number): Deadline => {
  let isPassed = false;
  let act = (): void => {};
  const timer = setTimeout(() => {
    isPassed = true;
    act();
  }, ms);
  return {
    passed: () => isPassed,
    onPassed: (next) => {
      act = next;
    },
    callOff: () => clearTimeout(timer),
  };
};

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

  const bearerWithin = (deadline: Deadline): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      deadline.onPassed(() => reject(new SignInError('no_answer')));
      token(refused).then(resolve, (error: unknown) =>
        reject(error instanceof SignInError ? error : new SignInError(signInCode(error), error)),
      );
    });

  const send = (
    call: ConnectorCall,
    bearer: string | undefined,
    deadline: Deadline,
    agents: HttpAgents,
    slot: Slot | undefined,
  ): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      const { method, body } = call;
      const content = body === undefined ? undefined : bytesOf(body);
      const headers = {
        accept: 'application/json',
        ...optional('authorization', bearer && `Bearer ${bearer}`),
        ...(content === undefined
          ? {}
          : {
              'content-type': 'application/json; charset=utf-8',
              'content-length': content.length,
            }),
      };
      const address = addressBelow(call.serviceUrl, pathOf(call));
      const outgoing =
        address.protocol === 'https:'
          ? secureRequest({ ...address, method, headers, agent: agents.https })
          : plainRequest({ ...address, method, headers, agent: agents.http });
      deadline.onPassed(() => outgoing.destroy(tooLate()));
      const failureOf = watched(outgoing);
      const fail = (cause: Error): void => {
        slot?.over();
        reject(failureOf(cause));
      };
      outgoing.once('error', fail);
      outgoing.once('finish', () => slot?.written());
      outgoing.once('response', (response) => {
        slot?.over();
        const { statusCode = 0 } = response;
        const retryAfter = response.headers['retry-after'];
        readText(response, (body) => resolve({ statusCode, retryAfter, body }), fail);
      });
      outgoing.end(content);
    });

  /** The repeat counts towards Teams' limits as the first one does. Where it comes too late, the first failure stands. */
  const sendAgain = async (
    call: ConnectorCall,
    bearer: string | undefined,
    deadline: Deadline,
    failure: CutOff,
  ): Promise<Answer> => {
    const late = new AbortController();
    deadline.onPassed(() => late.abort(tooLate()));
    const slot = await call.slot?.again(late.signal).catch(() => Promise.reject(failure));
    return send(call, bearer, deadline, fresh, slot);
  };

  const answerWithin = async (call: ConnectorCall, deadline: Deadline): Promise<unknown> => {
    const bearer = await bearerWithin(deadline);
    const answer = await send(call, bearer, deadline, pooled, call.slot).catch((error) => {
      if (!(error instanceof CutOff) || deadline.passed()) throw error;
      return sendAgain(call, bearer, deadline, error);
    });
    const { statusCode, retryAfter } = answer;
    if (statusCode === 401) refused = bearer;
    const details = parsed(answer);
    if (statusCode >= 200 && statusCode < 300 && details !== undefined) return details;
    throw new ConnectorError({ statusCode, details, ...optional('retryAfter', retryAfter) });
  };

  return async (call) => {
    const deadline = deadlineIn(call.timeoutMs);
    try {
      return await answerWithin(call, deadline);
    } finally {
      deadline.callOff();
    }
  };
};
