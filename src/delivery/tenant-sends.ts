import type { Clock } from '../platform/clock.ts';
import {
  arrivalMs,
  freeAt,
  spare,
  stillCounting,
  tenantWindows,
  type Window,
} from './send-windows.ts';

/** What was sent and is being sent, to a tenant or to one of its conversations. */
interface SendCount {
  readonly windows: readonly Window[];
  /** By the monotonic clock, in ascending order. */
  sent: readonly number[];
  inHand: number;
}

interface Waiter {
  readonly urgent: boolean;
  /** Counts those that came. */
  readonly order: number;
  readonly grant: () => void;
}

interface SendQueue extends SendCount {
  /** The urgent ones first, each kind in the order it came. */
  waiting: readonly Waiter[];
}

/** What counts together within a tenant. */
export interface SendKey {
  readonly name: string;
  readonly windows: readonly Window[];
}

/** Gives out the sends of one tenant. Each that is given out counts until it is written, and then for its windows. */
export interface TenantSends {
  /** Fulfils when it is this one's turn; the urgent ones go first. Rejects when the signal aborts. */
  turn(key: SendKey, urgent: boolean, signal: AbortSignal | undefined): Promise<void>;
  /** Takes a send that can be done without, if more than `reserve` are left and nobody waits. */
  tryTake(key: SendKey, reserve: number): boolean;
  /** Gives when it has arrived at the latest, as far as the tenant counts it. */
  written(key: SendKey): number;
  /** What was to arrive then has arrived by now. */
  over(arrival: number): void;
  /** ms until there is room, whatever the tenant has. Infinite while all of its sends are in hand. */
  roomIn(key: SendKey): number;
  isWaitedFor(key: SendKey): boolean;
  restore(key: SendKey, sent: readonly number[]): void;
  /** Drops what no longer counts. False once nothing is left. */
  tidy(): boolean;
}

const before = (a: Waiter, b: Waiter): boolean =>
  a.urgent === b.urgent ? a.order < b.order : a.urgent;

export const createTenantSends = (clock: Pick<Clock, 'monotonic' | 'sleep'>): TenantSends => {
  const tenant: SendCount = { windows: tenantWindows, sent: [], inHand: 0 };
  const queues = new Map<string, SendQueue>();
  let came = 0;
  let timer: { readonly at: number; readonly stop: AbortController } | undefined;

  const open = ({ name, windows }: SendKey): SendQueue => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = { windows, sent: [], inHand: 0, waiting: [] };
    queues.set(name, queue);
    return queue;
  };

  const freeFrom = (count: SendCount, now: number): number => {
    count.sent = stillCounting(count.sent, count.windows, now);
    return freeAt(count.sent, count.windows, now, count.inHand);
  };

  const take = (queue: SendQueue): void => {
    for (const count of [tenant, queue]) count.inHand += 1;
  };

  const wakeAt = (at: number): void => {
    if (timer !== undefined && timer.at <= at) return;
    timer?.stop.abort();
    const stop = new AbortController();
    timer = { at, stop };
    clock.sleep(at - clock.monotonic(), stop.signal).then(
      () => {
        timer = undefined;
        giveOut();
      },
      () => undefined,
    );
  };

  /** The queue whose first one is next, of those with room; else when the first of them has room. */
  const nextQueue = (now: number): SendQueue | number => {
    let next: SendQueue | undefined;
    let soonest = Number.POSITIVE_INFINITY;
    for (const queue of queues.values()) {
      const [first] = queue.waiting;
      if (first === undefined) continue;
      const at = freeFrom(queue, now);
      if (at > now) soonest = Math.min(soonest, at);
      else if (next?.waiting[0] === undefined || before(first, next.waiting[0])) next = queue;
    }
    return next ?? soonest;
  };

  /** What waits for a send that is in hand is looked at again when that is written. */
  const giveOut = (): void => {
    for (;;) {
      const now = clock.monotonic();
      const next = nextQueue(now);
      const at = typeof next === 'number' ? next : freeFrom(tenant, now);
      if (typeof next === 'number' || at > now) {
        if (Number.isFinite(at)) wakeAt(at);
        return;
      }
      const [first, ...others] = next.waiting;
      next.waiting = others;
      take(next);
      first?.grant();
    }
  };

  const queueUp = (queue: SendQueue, waiter: Waiter): void => {
    const place = queue.waiting.findIndex((other) => before(waiter, other));
    queue.waiting = queue.waiting.toSpliced(place < 0 ? queue.waiting.length : place, 0, waiter);
  };

  return {
    turn: (key, urgent, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const queue = open(key);
        const giveUp = (): void => {
          queue.waiting = queue.waiting.filter((other) => other !== waiter);
          reject(signal?.reason);
        };
        came += 1;
        const grant = (): void => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        const waiter = { urgent, order: came, grant };
        signal?.addEventListener('abort', giveUp, { once: true });
        queueUp(queue, waiter);
        giveOut();
      }),
    tryTake: (key, reserve) => {
      const now = clock.monotonic();
      const queue = open(key);
      const isShort = (count: SendCount): boolean =>
        spare(count.sent, count.windows, now) - count.inHand <= reserve;
      if (queue.waiting.length > 0 || isShort(tenant) || isShort(queue)) return false;
      take(queue);
      return true;
    },
    written: (key) => {
      const now = clock.monotonic();
      const arrival = now + arrivalMs;
      const queue = open(key);
      for (const count of [tenant, queue]) {
        count.inHand -= 1;
        count.sent = stillCounting(count.sent, count.windows, now);
      }
      queue.sent = [...queue.sent, now];
      tenant.sent = [...tenant.sent, arrival];
      giveOut();
      return arrival;
    },
    over: (arrival) => {
      const now = clock.monotonic();
      const place = now < arrival ? tenant.sent.indexOf(arrival) : -1;
      if (place < 0) return;
      tenant.sent = [...tenant.sent.toSpliced(place, 1), now].toSorted((a, b) => a - b);
      giveOut();
    },
    roomIn: (key) => {
      const now = clock.monotonic();
      return freeFrom(open(key), now) - now;
    },
    isWaitedFor: (key) => open(key).waiting.length > 0,
    restore: (key, sent) => {
      const now = clock.monotonic();
      const before = sent.filter((at) => at <= now);
      for (const count of [tenant, open(key)]) {
        const known = [...count.sent, ...before].toSorted((a, b) => a - b);
        count.sent = stillCounting(known, count.windows, now);
      }
    },
    tidy: () => {
      const now = clock.monotonic();
      const isIdle = (count: SendCount): boolean =>
        count.inHand === 0 && stillCounting(count.sent, count.windows, now).length === 0;
      for (const [name, queue] of queues)
        if (queue.waiting.length === 0 && isIdle(queue)) queues.delete(name);
      return queues.size > 0 || !isIdle(tenant);
    },
  };
};
