import type { AppError } from '../core/errors.ts';
import type { Repeatable } from './endpoints.ts';

export interface Tries {
  readonly repeatable: Repeatable;
  /** Tries made so far. */
  readonly made: number;
  /** How many of them met the deadline. */
  readonly timeouts: number;
}

const mostTries = 3;
/** A second timeout is no accident, and a person is waiting. */
const mostTimeouts = 1;
const firstPauseMs = 300;
/** Longer waits are the caller's to plan: nobody sits before a chat for so long. */
const longestWaitMs = 5000;

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
