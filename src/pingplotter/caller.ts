import { type AppError, asAppError, type ErrorCode } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Clock } from '../core/ports.ts';
import type { Endpoint } from './endpoints.ts';
import { abandoned, madeAmbiguous, refusal, statusFailure, unreadable } from './failures.ts';
import { httpDate, retryAfterMs } from './header-times.ts';
import type { Http } from './http.ts';
import { retryDelay } from './retry.ts';

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
  readonly clock: Clock;
  readonly random: () => number;
  readonly onCall?: ((call: CallReport) => void) | undefined;
}

export interface Call<T> {
  readonly path: string;
  readonly body?: unknown;
  /** Undefined = the answer cannot be read. */
  readonly read: (body: unknown) => T | undefined;
  /** The result when a repeated try finds the thing gone: the try before has done it. */
  readonly whenGone?: T;
  readonly signal?: AbortSignal | undefined;
}

export type Caller = <T>(endpoint: Endpoint, call: Call<T>) => Promise<T>;

/** Calls an endpoint as often as its kind allows. Rejects with AppError only. */
export const createCaller = ({ http, clock, random, onCall }: CallerPorts): Caller => {
  const tryOnce = async <T>(endpoint: Endpoint, call: Call<T>, attempt: number): Promise<T> => {
    const startedAt = clock.now();
    let outcome: CallReport['outcome'] = 'internal';
    let status: number | undefined;
    let serverAt: number | undefined;
    try {
      const answer = await http.send(endpoint, call.path, call.body, call.signal);
      status = answer.status;
      serverAt = httpDate(answer.date);
      if (status < 200 || status > 299)
        throw statusFailure(endpoint, status, retryAfterMs(answer.retryAfter, clock.now()));
      const result = readAnswer(endpoint, status, answer.text, call.read);
      outcome = 'ok';
      return result;
    } catch (thrown) {
      const error = asAppError(thrown);
      outcome = error.code;
      throw error;
    } finally {
      const ms = clock.now() - startedAt;
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

  return async (endpoint, call) => {
    let timeouts = 0;
    let ambiguous = false;
    const failed = (error: AppError): AppError => (ambiguous ? madeAmbiguous(error) : error);
    for (let made = 1; ; made += 1) {
      if (call.signal?.aborted) throw failed(abandoned(endpoint, false));
      try {
        return await tryOnce(endpoint, call, made);
      } catch (thrown) {
        const error = asAppError(thrown);
        if (made > 1 && error.code === 'not-found' && call.whenGone !== undefined)
          return call.whenGone;
        ambiguous ||= error.detail.ambiguous === true;
        if (error.code === 'timeout') timeouts += 1;
        if (call.signal?.aborted) throw failed(error);
        const { repeatable } = endpoint;
        const wait = retryDelay({ repeatable, made, timeouts }, error, random());
        if (wait === undefined) throw failed(error);
        if (!(await waited(wait, call.signal))) throw failed(abandoned(endpoint, false));
      }
    }
  };
};

const readAnswer = <T>(
  endpoint: Endpoint,
  status: number,
  text: string,
  read: Call<T>['read'],
): T => {
  const body = parseJson(text);
  // 200 with `false` or `null` in place of the documented answer is how a change is declined.
  if (endpoint.repeatable !== 'read' && (body === false || body === null))
    throw refusal(endpoint, status);
  const result = body === undefined ? undefined : read(body);
  if (result === undefined) throw unreadable(endpoint, status);
  return result;
};

/** Undefined for what is no JSON: the parser's own error quotes the body. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
