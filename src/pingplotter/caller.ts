import { Buffer } from 'node:buffer';
import type { Clock } from '../platform/clock.ts';
import { type AppError, asAppError, type ErrorCode } from '../platform/errors.ts';
import { optional } from '../shared/optional.ts';
import type { AccountWait } from './account-wait.ts';
import type { Endpoint } from './endpoints.ts';
import {
  abandoned,
  madeAmbiguous,
  mustWait,
  refusal,
  statusFailure,
  unreadable,
} from './failures.ts';
import type { Answer, Http } from './http.ts';
import { createListParser, decode, type TakePiece } from './json-list.ts';
import { httpDate, longestWaitMs, retryAfterMs, retryDelay } from './retry.ts';

/** One try of a call, for logs and metrics. */
export interface CallReport {
  readonly endpoint: string;
  readonly outcome: 'ok' | ErrorCode;
  readonly status?: number;
  /** The server's time in its answer, to the second. ms since 1970 */
  readonly serverAt?: number;
  readonly ms: number;
  readonly attempt: number;
}

export interface CallerPorts {
  readonly http: Http;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly random: () => number;
  readonly onCall?: ((call: CallReport) => void) | undefined;
  /** The server's time of each answer, as soon as it comes. */
  readonly onDate?: ((serverAt: number | undefined) => void) | undefined;
  /** Shared by all callers of one account. */
  readonly accountWait: AccountWait;
  /** No call is repeated. */
  readonly once?: true;
}

export interface Call<T> {
  readonly path: string;
  readonly body?: unknown;
  readonly read: AnswerReader<T>;
  /** The result when a repeated try gets 'not-found': the try before has removed it. */
  readonly whenGone?: T;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined = the answer cannot be read. A ListReader takes a long list while it arrives. */
export type AnswerReader<T> = ((body: unknown) => T | undefined) | ListReader<T>;

export interface ListReader<T> {
  /** Called once for each try. */
  begin(): {
    take(element: unknown): void;
    /** Takes several, instead of `take`. */
    takePiece?: TakePiece;
    end(): T;
  };
}

export type Caller = <T>(endpoint: Endpoint, call: Call<T>) => Promise<T>;

/** Calls an endpoint as often as its kind allows. Rejects with AppError only. */
export const createCaller = ({
  http,
  clock,
  random,
  onCall,
  onDate,
  accountWait,
  once,
}: CallerPorts): Caller => {
  const tryOnce = async <T>(endpoint: Endpoint, call: Call<T>, attempt: number): Promise<T> => {
    const startedAt = clock.monotonic();
    let outcome: CallReport['outcome'] = 'internal';
    let status: number | undefined;
    let serverAt: number | undefined;
    try {
      const result = await http.send(endpoint, call, async (answer) => {
        status = answer.status;
        serverAt = httpDate(answer.date);
        onDate?.(serverAt);
        if (status >= 200 && status <= 299) return readAnswer(endpoint, answer, call.read);
        await drained(answer.chunks);
        const askedMs = retryAfterMs(answer.retryAfter, serverAt ?? clock.now());
        if (status === 429 && askedMs !== undefined && endpoint.limited !== 'session')
          accountWait.begin(askedMs);
        throw statusFailure(endpoint, status, askedMs);
      });
      outcome = 'ok';
      return result;
    } catch (thrown) {
      const error = asAppError(thrown);
      outcome = error.code;
      throw error;
    } finally {
      const ms = Math.round(clock.monotonic() - startedAt);
      onCall?.({
        endpoint: endpoint.name,
        outcome,
        ...optional('status', status),
        ...optional('serverAt', serverAt),
        ms,
        attempt,
      });
    }
  };

  /** False when the caller gave up meanwhile. */
  const waited = (ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
    clock.sleep(ms, signal).then(
      () => true,
      () => false,
    );

  /** A short wait is waited for; a longer one is the answer, and no call is made. */
  const takeTurn = async (endpoint: Endpoint, signal: AbortSignal | undefined): Promise<void> => {
    const leftMs = accountWait.leftMs();
    if (leftMs === 0) return;
    if (leftMs <= longestWaitMs && !(await waited(leftMs, signal)))
      throw abandoned(endpoint, false);
    // Another call may have been asked to wait longer meanwhile.
    const stillMs = accountWait.leftMs();
    if (stillMs > longestWaitMs) throw mustWait(endpoint, stillMs);
  };

  return async (endpoint, call) => {
    let timeouts = 0;
    let ambiguous = false;
    const failed = (error: AppError): AppError => (ambiguous ? madeAmbiguous(error) : error);
    for (let made = 1; ; made += 1) {
      if (call.signal?.aborted) throw failed(abandoned(endpoint, false));
      try {
        await takeTurn(endpoint, call.signal);
        return await tryOnce(endpoint, call, made);
      } catch (thrown) {
        const error = asAppError(thrown);
        if (made > 1 && error.code === 'not-found' && call.whenGone !== undefined)
          return call.whenGone;
        ambiguous ||= error.detail.ambiguous === true;
        if (error.code === 'timeout') timeouts += 1;
        if (call.signal?.aborted) throw failed(error);
        const repeatable = once === true ? 'once' : endpoint.repeatable;
        const wait = retryDelay({ repeatable, made, timeouts }, error, random());
        if (wait === undefined) throw failed(error);
        if (!(await waited(wait, call.signal))) throw failed(abandoned(endpoint, false));
      }
    }
  };
};

const readAnswer = async <T>(
  endpoint: Endpoint,
  answer: Answer,
  read: AnswerReader<T>,
): Promise<T> => {
  if (typeof read !== 'function') return readList(endpoint, answer, read);
  const { status, chunks } = answer;
  const body = parseJson(await wholeText(endpoint, chunks));
  // 200 with `false` or `null` in place of the documented answer is how a change is declined.
  if (endpoint.repeatable !== 'read' && (body === false || body === null))
    throw refusal(endpoint, status);
  const result = body === undefined ? undefined : read(body);
  if (result === undefined) throw unreadable(endpoint, status);
  return result;
};

const readList = async <T>(
  endpoint: Endpoint,
  { status, chunks }: Answer,
  read: ListReader<T>,
): Promise<T> => {
  const { take, takePiece, end } = read.begin();
  const parser = createListParser(take, undefined, takePiece);
  try {
    for await (const chunk of chunks) parser.push(chunk);
    parser.end();
  } catch (error) {
    // The parser's own error quotes the answer.
    throw error instanceof SyntaxError ? unreadable(endpoint, status) : error;
  }
  return end();
};

/** What a refusal says is not looked at; read to its end, the connection can be used again. */
const drained = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
  for await (const _ of chunks);
};

/** Of one agent, or of the targets of one: far more than there can be. */
const largestWholeBytes = 8 * 1024 * 1024;

const wholeText = async (endpoint: Endpoint, chunks: AsyncIterable<Buffer>): Promise<string> => {
  const all: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > largestWholeBytes) throw unreadable(endpoint);
    all.push(chunk);
  }
  return decode(Buffer.concat(all));
};

/** Undefined for what is no JSON: the parser's own error quotes the body. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
