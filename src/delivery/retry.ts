import type { Delivery } from '../core/ports.ts';

export type Sending = 'post' | 'update';

export interface RetryRule {
  /** Tries in all, the first one included. */
  readonly tries: number;
  /** Since the first try; a wait that would end later is not begun. */
  readonly withinMs: number;
}

/** Somebody is waiting for it. */
export const answerRule: RetryRule = { tries: 3, withinMs: 10_000 };

type Wait = (attempt: number, random: () => number) => number;

/** Half to the whole of a doubling span, so that many who failed together do not come back together. */
const backOff =
  (firstMs: number, longestMs: number): Wait =>
  (attempt, random) =>
    Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);

const backOffMs = backOff(500, 30_000);

/** An outage of the service or of the bot's credentials lasts longer. */
export const outageWaitMs = backOff(1000, 60_000);

/**
 * Whether the same message may be sent again. Microsoft names 412, 429, 502, 503 and 504, which
 * arrive here as 'throttled' and 'transient'. What may have arrived is not posted again from here, for
 * the connector has done that once where a connection was cut off; an update of the same message can
 * be repeated without harm.
 */
export const mayRepeat = (delivery: Delivery, sending: Sending): boolean =>
  !delivery.ok &&
  (delivery.reason === 'throttled' ||
    delivery.reason === 'transient' ||
    // Nothing was sent, and the next try asks for a new token.
    delivery.reason === 'unauthorized' ||
    (delivery.reason === 'ambiguous' && sending === 'update'));

/** ms to wait before the next try, or nothing if this was the last. `attempt` counts from 1. */
export const retryDelay = (
  delivery: Delivery,
  sending: Sending,
  attempt: number,
  random: () => number,
): number | undefined => {
  if (delivery.ok || !mayRepeat(delivery, sending)) return undefined;
  return delivery.retryAfterMs ?? backOffMs(attempt, random);
};
