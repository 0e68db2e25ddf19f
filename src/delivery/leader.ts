import type { Clock } from '../platform/clock.ts';
import { type Conversation, conversationId } from '../platform/conversation.ts';
import type { Outbox } from '../platform/outbox.ts';
import type { Leases } from '../platform/store.ts';
import { conversationWindows, longest, tenantWindows } from './send-windows.ts';

/**
 * Teams counts what a bot sends, not what one of its processes sends. So of several instances one sends
 * at a time, and what it remembers of its sends is all that was sent.
 */
export interface DeliveryLeader {
  /** Takes over from an instance that ended, or that did not renew its lease in time. */
  isMe(): Promise<boolean>;
  /** How often this instance has become the leader. */
  term(): number;
  /** When a term that is over ended. ms since 1970 */
  endOf(term: number): number | undefined;
  end(): Promise<void>;
}

interface LeaderPorts {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly instance: string;
  readonly leaseMs: number;
}

const leaseName = 'delivery';

const forgetEveryMs = 60_000;

/** Four chances to renew the lease before it is lost. */
const renewalsPerLease = 4;

export const createDeliveryLeader = ({
  leases,
  clock,
  instance,
  leaseMs,
}: LeaderPorts): DeliveryLeader => {
  const ends = new Map<number, number>();
  let term = 0;
  /** When the lease runs out by the monotonic clock, and as it is stored. */
  let leasedUntil = 0;
  let leasedUntilWall = 0;
  let askAt = 0;
  return {
    isMe: async () => {
      const at = clock.monotonic();
      if (at < askAt) return true;
      const now = clock.now();
      if (!(await leases.acquire(leaseName, instance, leaseMs))) return false;
      if (at >= leasedUntil) {
        ends.set(term, leasedUntilWall);
        term += 1;
        for (const [old, endedAt] of ends)
          if (endedAt < now - longest(conversationWindows)) ends.delete(old);
      }
      leasedUntil = at + leaseMs;
      leasedUntilWall = now + leaseMs;
      askAt = at + leaseMs / renewalsPerLease;
      return true;
    },
    term: () => term,
    endOf: (ended) => ends.get(ended),
    // Not released at once: of the sends of the last second, the next leader knows only when they ended.
    end: async () => {
      askAt = 0;
      await leases.renew(leaseName, instance, longest(tenantWindows));
    },
  };
};

/**
 * When other instances sent to a conversation, as far as it still counts. Once in a term of this instance:
 * meanwhile no other one sends.
 */
export type RecentSends = (conversation: Conversation) => Promise<readonly number[]>;

interface RecentSendsPorts {
  readonly outbox: Pick<Outbox, 'sentSince'>;
  readonly leader: Pick<DeliveryLeader, 'term' | 'endOf'>;
  readonly clock: Clock;
}

export const createRecentSends = ({ outbox, leader, clock }: RecentSendsPorts): RecentSends => {
  const forMs = longest(conversationWindows);
  /** By conversation: in which term it was asked, and when somebody wanted to know last. */
  const knownIn = new Map<string, { readonly term: number; readonly at: number }>();
  let forgottenAt = clock.monotonic();

  /** Of what was not sent to for so long nothing counts any more. */
  const forget = (now: number): void => {
    if (now - forgottenAt < forgetEveryMs) return;
    forgottenAt = now;
    for (const [key, { at }] of knownIn) if (now - at > forMs) knownIn.delete(key);
  };

  return async (conversation) => {
    const key = conversationId(conversation);
    const at = clock.monotonic();
    forget(at);
    const term = leader.term();
    const known = knownIn.get(key);
    if (known?.term === term) {
      knownIn.set(key, { term, at });
      return [];
    }
    const counts = clock.now() - forMs;
    const since =
      known === undefined ? counts : Math.max(counts, leader.endOf(known.term) ?? counts);
    const sent = await outbox.sentSince(conversation, since);
    knownIn.set(key, { term, at });
    return sent;
  };
};

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
