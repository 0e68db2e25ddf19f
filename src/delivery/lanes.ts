import type { Clock, Lanes } from '../core/ports.ts';
import type { Address } from '../core/turn.ts';
import {
  conversationWindows,
  freeAt,
  longest,
  spare,
  stillCounting,
  tenantWindows,
  type Window,
} from './limits.ts';

interface Lane {
  readonly windows: readonly Window[];
  sent: readonly number[];
  waiting: number;
  /** Settles when everybody who came before has been let through or has given up. */
  tail: Promise<void>;
}

/** Left over for answers when something dispensable, like a typing indicator, takes a slot. */
const keepFree = 4;

const forgetEveryMs = 60_000;

/** Rejects as soon as the signal does, even while others are still ahead in the lane. */
const unlessAborted = (turn: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

/** Threads of a channel share its limits, so they share its lane. */
const keysOf = ({ tenantId, conversationId }: Address): readonly [string, string] => {
  const conversation = conversationId.split(';messageid=')[0] ?? conversationId;
  return [`tenant ${tenantId}`, `conversation ${tenantId} ${conversation}`];
};

/** Kept in memory; what another process sent before is recalled from the store. */
export const createLanes = ({ clock }: { readonly clock: Pick<Clock, 'now' | 'sleep'> }): Lanes => {
  const lanes = new Map<string, Lane>();
  let forgottenAt = clock.now();

  const forgetIdle = (now: number): void => {
    if (Math.abs(now - forgottenAt) < forgetEveryMs) return;
    forgottenAt = now;
    for (const [key, lane] of lanes) {
      const last = lane.sent.at(-1) ?? 0;
      if (lane.waiting === 0 && Math.abs(now - last) > longest(lane.windows)) lanes.delete(key);
    }
  };

  const laneOf = (key: string, windows: readonly Window[]): Lane => {
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const lane = { windows, sent: [], waiting: 0, tail: Promise.resolve() };
    lanes.set(key, lane);
    return lane;
  };

  const lanesOf = (address: Address): readonly [Lane, Lane] => {
    forgetIdle(clock.now());
    const [tenant, conversation] = keysOf(address);
    return [laneOf(tenant, tenantWindows), laneOf(conversation, conversationWindows)];
  };

  const waitForSlot = async (both: readonly Lane[], signal: AbortSignal | undefined) => {
    for (;;) {
      signal?.throwIfAborted();
      const now = clock.now();
      for (const lane of both) lane.sent = stillCounting(lane.sent, lane.windows, now);
      const at = Math.max(...both.map((lane) => freeAt(lane.sent, lane.windows, now)));
      if (at <= now) {
        for (const lane of both) lane.sent = [...lane.sent, now];
        return;
      }
      await clock.sleep(at - now, signal);
    }
  };

  return {
    enter: async (address, signal) => {
      signal?.throwIfAborted();
      const [tenant, conversation] = lanesOf(address);
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
      const both = lanesOf(address);
      if (both.some(({ waiting }) => waiting > 0)) return false;
      for (const lane of both) lane.sent = stillCounting(lane.sent, lane.windows, now);
      if (both.some((lane) => spare(lane.sent, lane.windows, now) <= keepFree)) return false;
      for (const lane of both) lane.sent = [...lane.sent, now];
      return true;
    },
    freeAt: (address) => {
      const now = clock.now();
      const [, { sent, windows }] = lanesOf(address);
      return freeAt(stillCounting(sent, windows, now), windows, now);
    },
    recall: (address, sent) => {
      for (const lane of lanesOf(address)) {
        const known = [...lane.sent, ...sent].toSorted((a, b) => a - b);
        lane.sent = stillCounting(known, lane.windows, clock.now());
      }
    },
  };
};
