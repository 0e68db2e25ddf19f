import type { Clock } from '../core/ports.ts';
import type { Leases } from '../core/stores.ts';
import { longest, tenantWindows } from './limits.ts';

const name = 'delivery';

/** Four chances to extend it before it is lost. */
const renewalsPerLease = 4;

/**
 * Teams counts what a bot sends, not what one of its processes sends. So of several instances one
 * sends at a time, and what it remembers of its sends is all that was sent.
 */
export interface SoleSender {
  /** Takes over from an instance that ended, or that was not heard of for the lease's time. */
  isMe(): Promise<boolean>;
  /** The times when it was this instance, counted from 1. */
  term(): number;
  /** When a term that is over ended. ms since 1970 */
  endOf(term: number): number | undefined;
  end(): Promise<void>;
}

interface Ports {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly instance: string;
  readonly leaseMs: number;
}

export const createSoleSender = ({ leases, clock, instance, leaseMs }: Ports): SoleSender => {
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
