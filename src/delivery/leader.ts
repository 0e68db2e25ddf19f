import type { Clock } from '../platform/clock.ts';
import type { Conversation } from '../platform/conversation.ts';
import type { Outbox } from '../platform/outbox.ts';
import type { Leases } from '../platform/store.ts';
import { conversationWindows, longest, tenantWindows } from './rate-limiter.ts';

export interface WakeSignal {
  /** Ends the wait; one that begins later ends at once. */
  ring(): void;
  /** Until it is rung, at most this long. */
  wait(ms: number): Promise<void>;
}

export const createWakeSignal = (clock: Clock): WakeSignal => {
  let rung = false;
  let waiting: AbortController | undefined;
  return {
    ring: () => {
      rung = true;
      waiting?.abort();
    },
    wait: async (ms) => {
      if (!rung) {
        waiting = new AbortController();
        await clock.sleep(ms, waiting.signal).catch(() => undefined);
        waiting = undefined;
      }
      rung = false;
    },
  };
};

interface Ports {
  readonly outbox: Pick<Outbox, 'sentSince'>;
  readonly sole: Pick<DeliveryLeader, 'term' | 'endOf'>;
  readonly clock: Clock;
}

/** When other processes sent to a conversation, as far as it still counts; told once, not with every question. */
export type RecentSends = (conversation: Conversation) => Promise<readonly number[]>;

export const createRecentSends = ({ outbox, sole, clock }: Ports): RecentSends => {
  const knownIn = new Map<string, number>();
  return async (conversation) => {
    const key = JSON.stringify([conversation.account, conversation.conversationKey]);
    const term = sole.term();
    const known = knownIn.get(key);
    if (known === term) return [];
    const counts = clock.now() - longest(conversationWindows);
    const since = known === undefined ? counts : Math.max(counts, sole.endOf(known) ?? counts);
    const sent = await outbox.sentSince(conversation, since);
    knownIn.set(key, term);
    return sent;
  };
};

const name = 'delivery';

/** Four chances to extend it before it is lost. */
const renewalsPerLease = 4;

/**
 * Teams counts what a bot sends, not what one of its processes sends. So of several instances one
 * sends at a time, and what it remembers of its sends is all that was sent.
 */
export interface DeliveryLeader {
  /** Takes over from an instance that ended, or that was not heard of for the lease's time. */
  isMe(): Promise<boolean>;
  /** The times when it was this instance, counted from 1. */
  term(): number;
  /** When a term that is over ended. ms since 1970 */
  endOf(term: number): number | undefined;
  end(): Promise<void>;
}

interface PortsX1 {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly instance: string;
  readonly leaseMs: number;
}

export const createDeliveryLeader = ({
  leases,
  clock,
  instance,
  leaseMs,
}: PortsX1): DeliveryLeader => {
  const ends = new Map<number, number>();
  let term = 0;
  let heldUntil = 0;
  let askAt = 0;
  return {
    isMe: async () => {
      const now = clock.now();
      if (now < askAt) return true;
      if (!(await leases.acquire(name, instance, now, leaseMs))) return false;
      if (now >= heldUntil) {
        ends.set(term, heldUntil);
        term += 1;
      }
      heldUntil = now + leaseMs;
      askAt = now + leaseMs / renewalsPerLease;
      return true;
    },
    term: () => term,
    endOf: (ended) => ends.get(ended),
    // Not given back at once: the next one knows the sends of the last second by their end only.
    end: async () => {
      askAt = 0;
      await leases.renew(name, instance, clock.now(), longest(tenantWindows));
    },
  };
};
