import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Leases } from '../platform/store.ts';
import type { Fence } from './commit.ts';

/** The sole right of one instance to poll an account. */
export interface Lease {
  /** 'new' = another instance may have polled meanwhile; 'none' = somebody else has it. */
  take(): Promise<'kept' | 'new' | 'none'>;
  readonly fence: Fence;
  /** Keeps it while the work lasts, however long; the work is aborted when it is lost. */
  during<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  release(): Promise<void>;
}

interface LeasePorts {
  readonly store: { readonly leases: Leases };
  readonly clock: Pick<Clock, 'sleep'>;
  readonly name: string;
  readonly holder: string;
  readonly forMs: number;
}

export const createLease = ({ store, clock, name, holder, forMs }: LeasePorts): Lease => {
  const renewWhile = async (signal: AbortSignal, onLost: () => void): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(forMs / 4, signal);
      if (!(await store.leases.renew(name, holder, forMs))) return onLost();
    }
  };

  return {
    take: async () => {
      if (await store.leases.renew(name, holder, forMs)) return 'kept';
      return (await store.leases.acquire(name, holder, forMs)) ? 'new' : 'none';
    },
    fence: async (tx) => {
      if (!(await tx.leases.renew(name, holder, forMs))) throw leaseLost();
    },
    during: async (work, signal) => {
      const done = new AbortController();
      const lost = new AbortController();
      const renewing = renewWhile(AbortSignal.any([done.signal, signal]), () =>
        lost.abort(leaseLost()),
      ).catch(() => {
        // Stopped, or the store is not there, which the work itself finds out.
      });
      try {
        return await work(AbortSignal.any([lost.signal, signal]));
      } finally {
        done.abort();
        await renewing;
      }
    },
    release: () => store.leases.release(name, holder),
  };
};

const leaseLost = (): AppError => new AppError('busy', 'another instance sweeps by now');
