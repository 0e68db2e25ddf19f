import type { Clock } from '../platform/clock.ts';
import type { Leases } from '../platform/store.ts';

/**
 * Counts the sends of all instances to one conversation, which is what Teams counts: answers come from whichever
 * instance was asked, notifications from the leader. Each send takes one of a few leases, and leaves it to run out.
 */
export interface SharedPace {
  /** Waits for a lease. Rejects when the signal aborts. */
  take(conversation: string, signal?: AbortSignal): Promise<void>;
  /** Takes one if one is free now. */
  tryTake(conversation: string): Promise<boolean>;
}

interface Ports {
  readonly leases: Pick<Leases, 'acquire'>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly newId: () => string;
}

/** Seven in two seconds keep both seven in one and eight in two; the longer windows each instance counts by itself. */
const leasesEach = 7;
const leaseMs = 2100;
const askAgainMs = 150;
const mostKnown = 10_000;

/** The store clears leases away whose names begin so, for they are as many as conversations. */
const paceLeases = 'send ';

export const createSharedPace = ({ leases, clock, newId }: Ports): SharedPace => {
  /** The lease that this instance took last, since the one after it is the most likely to be free. */
  const last = new Map<string, number>();

  const note = (conversation: string, number: number): void => {
    last.delete(conversation);
    last.set(conversation, number);
    const [oldest] = last.keys();
    if (last.size > mostKnown && oldest !== undefined) last.delete(oldest);
  };

  /** A store that is down must not hold answers back: then nobody counts together. */
  const acquire = (name: string): Promise<boolean> =>
    leases.acquire(name, newId(), leaseMs).catch(() => true);

  const tryTake = async (conversation: string): Promise<boolean> => {
    const first = (last.get(conversation) ?? -1) + 1;
    for (let step = 0; step < leasesEach; step += 1) {
      const number = (first + step) % leasesEach;
      if (await acquire(`${paceLeases}${number} ${conversation}`)) {
        note(conversation, number);
        return true;
      }
    }
    return false;
  };

  return {
    tryTake,
    take: async (conversation, signal) => {
      while (!(await tryTake(conversation))) await clock.sleep(askAgainMs, signal);
    },
  };
};
