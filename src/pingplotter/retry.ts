import type { AppError } from '../platform/errors.ts';
import type { Repeatable } from './endpoints.ts';

export interface Tries {
  readonly repeatable: Repeatable;
  /** Tries made so far. */
  readonly made: number;
  /** How many of them met the deadline. */
  readonly timeouts: number;
}

const mostTries = 3;
/** A second timeout is no accident, and a person waits for the answer. */
const mostTimeouts = 1;
const firstPauseMs = 300;
/** Nobody waits longer for an answer in a chat, so the caller has to plan longer waits. */
export const longestWaitMs = 5000;

const readAgain: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504]);
/** After a 500 the change may have been made, and made wrongly. */
const changeAgain: ReadonlySet<number | undefined> = new Set([502, 503, 504]);

/** How long to wait before the next try, in ms; undefined = do not try again. `random` is 0 to 1. */
export const retryDelay = (tries: Tries, error: AppError, random: number): number | undefined => {
  if (tries.made >= mostTries || !mayRepeat(tries, error)) return undefined;
  const asked = error.detail.retryAfterMs ?? 0;
  if (asked > longestWaitMs) return undefined;
  const pause = firstPauseMs * 2 ** (tries.made - 1);
  return Math.max(asked, Math.round(pause * (0.5 + random / 2)));
};

const mayRepeat = ({ repeatable, timeouts }: Tries, { code, detail }: AppError): boolean => {
  if (repeatable === 'once') return false;
  if (code === 'unreachable' || code === 'rate-limited') return true;
  if (repeatable === 'change') return code === 'unavailable' && changeAgain.has(detail.status);
  if (code === 'timeout') return timeouts <= mostTimeouts;
  return code === 'unavailable' && readAgain.has(detail.status);
};

const seconds = /^\d+(?:\.\d+)?$/;
/** HTTP dates begin with the day's name; `Date.parse` alone would also take `-5`. */
const dayFirst = /^[A-Za-z]{3,9},? /;

/** The wait that a `Retry-After` header asks for, in ms; undefined when it says nothing readable. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (seconds.test(text)) return Math.round(Number(text) * 1000);
  const at = httpDate(text);
  return at === undefined ? undefined : Math.max(0, at - now);
};

/** The moment that an HTTP date names. ms since 1970 */
export const httpDate = (header: string | undefined): number | undefined => {
  const at = dayFirst.test(header ?? '') ? Date.parse(header ?? '') : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
