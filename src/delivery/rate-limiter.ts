import type { Clock } from '../platform/clock.ts';
import type { Address, RateLimiter } from '../platform/messenger.ts';

/** At most `max` sends in any span of `ms`. */
export interface Window {
  readonly max: number;
  readonly ms: number;
}

/**
 * Teams counts when a request arrives, the bot when it leaves. So a window is this much longer than Teams'
 * own, or a slow first request and a quick last one would share it.
 */
const jitterMs = 100;

const window = (max: number, seconds: number, jitter = jitterMs): Window => ({
  max,
  ms: seconds * 1000 + jitter,
});

/** One bot in one conversation (Microsoft's "Rate limit your bot", state of October 2026). */
export const conversationWindows: readonly Window[] = [
  window(7, 1),
  window(8, 2),
  window(60, 30),
  window(1800, 3600),
];

/** The whole app in one tenant (same page). Among fifty requests slow and quick ones level out. */
export const tenantWindows: readonly Window[] = [window(50, 1, jitterMs / 2)];

export const longest = (windows: readonly Window[]): number =>
  Math.max(...windows.map(({ ms }) => ms));

/** The moment from which one more send fits into every window. `sent` holds times in ascending order. */
export const freeAt = (sent: readonly number[], windows: readonly Window[], now: number): number =>
  windows.reduce((at, { max, ms }) => {
    const oldestThatCounts = sent[sent.length - max];
    return oldestThatCounts === undefined ? at : Math.max(at, oldestThatCounts + ms);
  }, now);

/** How many sends fit at once now, by the tightest window. */
export const spare = (sent: readonly number[], windows: readonly Window[], now: number): number =>
  Math.min(...windows.map(({ max, ms }) => max - sent.filter((at) => at > now - ms).length));

/** What still counts. Times to come are dropped: the clock was set back, and nothing may wait for it. */
export const stillCounting = (
  sent: readonly number[],
  windows: readonly Window[],
  now: number,
): readonly number[] => {
  const since = now - longest(windows);
  return sent.filter((at) => at > since && at <= now);
};

interface SendQueue {
  readonly windows: readonly Window[];
  sent: readonly number[];
  waiting: number;
  /** Fulfils when everybody who came before has been let through or has given up. */
  tail: Promise<void>;
}

/** Sends left for answers when something dispensable, like a typing indicator, takes a slot. */
const reserveShare = 4;

const forgetEveryMs = 60_000;

/** Rejects as soon as the signal aborts, even while others are still ahead in the conversation queue. */
const unlessAborted = (turn: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

/** Threads of a channel share its limits, so they share its conversation queue. */
const keysOf = ({ tenantId, conversationId }: Address): readonly [string, string] => {
  const conversation = conversationId.split(';messageid=')[0] ?? conversationId;
  return [`tenant ${tenantId}`, `conversation ${tenantId} ${conversation}`];
};

/** Counts in memory; what another instance sent before is restored from the store. */
export const createRateLimiter = ({
  clock,
}: {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}): RateLimiter => {
  const queues = new Map<string, SendQueue>();
  let forgottenAt = clock.now();

  const forgetIdle = (now: number): void => {
    if (Math.abs(now - forgottenAt) < forgetEveryMs) return;
    forgottenAt = now;
    for (const [key, queue] of queues) {
      const last = queue.sent.at(-1) ?? 0;
      if (queue.waiting === 0 && Math.abs(now - last) > longest(queue.windows)) queues.delete(key);
    }
  };

  const queueOf = (key: string, windows: readonly Window[]): SendQueue => {
    const known = queues.get(key);
    if (known !== undefined) return known;
    const queue = { windows, sent: [], waiting: 0, tail: Promise.resolve() };
    queues.set(key, queue);
    return queue;
  };

  const queuesOf = (address: Address): readonly [SendQueue, SendQueue] => {
    forgetIdle(clock.now());
    const [tenant, conversation] = keysOf(address);
    return [queueOf(tenant, tenantWindows), queueOf(conversation, conversationWindows)];
  };

  const waitForSlot = async (both: readonly SendQueue[], signal: AbortSignal | undefined) => {
    for (;;) {
      signal?.throwIfAborted();
      const now = clock.now();
      for (const queue of both) queue.sent = stillCounting(queue.sent, queue.windows, now);
      const at = Math.max(...both.map((queue) => freeAt(queue.sent, queue.windows, now)));
      if (at <= now) {
        for (const queue of both) queue.sent = [...queue.sent, now];
        return;
      }
      await clock.sleep(at - now, signal);
    }
  };

  return {
    enter: async (address, signal) => {
      signal?.throwIfAborted();
      const [tenant, conversation] = queuesOf(address);
      conversation.waiting += 1;
      const turn = conversation.tail.then(() => waitForSlot([tenant, conversation], signal));
      conversation.tail = turn
        .catch(() => undefined)
        .finally(() => {
          conversation.waiting -= 1;
        });
      await (signal === undefined ? turn : unlessAborted(turn, signal));
    },
    tryEnter: (address) => {
      const now = clock.now();
      const both = queuesOf(address);
      if (both.some(({ waiting }) => waiting > 0)) return false;
      for (const queue of both) queue.sent = stillCounting(queue.sent, queue.windows, now);
      if (both.some((queue) => spare(queue.sent, queue.windows, now) <= reserveShare)) return false;
      for (const queue of both) queue.sent = [...queue.sent, now];
      return true;
    },
    freeAt: (address) => {
      const now = clock.now();
      const [, { sent, windows }] = queuesOf(address);
      return freeAt(stillCounting(sent, windows, now), windows, now);
    },
    restore: (address, sent) => {
      for (const queue of queuesOf(address)) {
        const known = [...queue.sent, ...sent].toSorted((a, b) => a - b);
        queue.sent = stillCounting(known, queue.windows, clock.now());
      }
    },
  };
};
