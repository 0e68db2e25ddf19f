import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import { longestAskedWaitMs } from '../../platform/pingplotter.ts';

/** Which call of an agent it is. */
export interface CallKind {
  /** It is not made again after a 429. */
  readonly once?: boolean;
  /**
   * What it is, in the order in which they go. What reads all agents at once is rare, and many wait for it. A change
   * waits for no other reads, for what was read before it says nothing any more after a while, and it would be read
   * again for ever. Left out = 'read'.
   */
  readonly is?: 'list' | 'change' | 'read';
}

const order = ['list', 'change', 'read'] as const;

/** Lets so many calls to one account through at once as it takes. */
export interface Gate {
  /**
   * Makes the call when its turn comes, and again after a 429, which says that nothing was done. Rejects with the
   * signal's reason while it waits, and as the call does.
   */
  call<T>(work: () => Promise<T>, signal: AbortSignal, kind?: CallKind): Promise<T>;
  /** How long a call took lately, in ms. */
  callMs(): number;
  /** When the account may be asked again, by the monotonic clock; in the past = now. */
  pausedUntil(): number;
}

interface Waiter {
  readonly signal: AbortSignal;
  readonly is: (typeof order)[number];
  readonly enter: () => void;
  readonly giveUp: (reason: unknown) => void;
}

/** What is waited where a 429 does not say how long. */
const usualPauseMs = 5000;
/** After so many calls in a row that were let through, one more is made at once. */
const calmCalls = 20;
const firstCallMs = 250;

/** A 429 halves how many calls are made at once, and its Retry-After holds for all of the account. */
export const createGate = (clock: Clock, most: number): Gate => {
  let atOnce = most;
  let calm = 0;
  let underWay = 0;
  let pausedUntil = 0;
  let callMs = firstCallMs;
  let wakeNoMore: (() => void) | undefined;
  let waiting: Waiter[] = [];
  /** One listener for each signal, however many wait. */
  const followed = new WeakSet<AbortSignal>();

  const letThrough = (): void => {
    const pause = pausedUntil - clock.monotonic();
    if (pause > 0) {
      if (waiting.length === 0) return;
      wakeNoMore?.();
      wakeNoMore = clock.after(pause, letThrough);
      return;
    }
    while (underWay < atOnce) {
      const next = order
        .map((kind) => waiting.find(({ is }) => is === kind))
        .find((one) => one !== undefined);
      if (next === undefined) return;
      waiting.splice(waiting.indexOf(next), 1);
      underWay += 1;
      next.enter();
    }
  };

  const follow = (signal: AbortSignal): void => {
    if (followed.has(signal)) return;
    followed.add(signal);
    const giveUp = (): void => {
      const gone = waiting.filter((one) => one.signal === signal);
      waiting = waiting.filter((one) => one.signal !== signal);
      for (const one of gone) one.giveUp(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  };

  const turn = (signal: AbortSignal, is: Waiter['is']): Promise<void> =>
    new Promise((enter, giveUp) => {
      if (signal.aborted) return giveUp(signal.reason);
      follow(signal);
      waiting.push({ signal, is, enter, giveUp });
      letThrough();
    });

  const waitFor = (retryAfterMs = usualPauseMs): void => {
    pausedUntil = Math.max(
      pausedUntil,
      clock.monotonic() + Math.min(retryAfterMs, longestAskedWaitMs),
    );
  };

  const slowDown = (retryAfterMs: number | undefined): void => {
    atOnce = Math.max(1, Math.floor(atOnce / 2));
    calm = 0;
    waitFor(retryAfterMs);
  };

  const noteCalm = (tookMs: number): void => {
    callMs += (tookMs - callMs) / 10;
    calm += 1;
    if (calm < calmCalls || atOnce >= most) return;
    calm = 0;
    atOnce += 1;
  };

  return {
    call: async (work, signal, { once = false, is = 'read' } = {}) => {
      for (;;) {
        await turn(signal, is);
        const begun = clock.monotonic();
        try {
          const result = await work();
          noteCalm(clock.monotonic() - begun);
          return result;
        } catch (error) {
          const { code, detail } = asAppError(error);
          if (code !== 'rate-limited') throw error;
          // Without a status no call was made: another one of the account was asked to wait.
          if (detail.status === undefined) waitFor(detail.retryAfterMs);
          else slowDown(detail.retryAfterMs);
          if (once && detail.status !== undefined) throw error;
        } finally {
          underWay -= 1;
          letThrough();
        }
      }
    },
    callMs: () => callMs,
    pausedUntil: () => pausedUntil,
  };
};
