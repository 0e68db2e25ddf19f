import { carryOut, type Ready } from './carry-out.ts';
import type { BulkJob } from './domain/job.ts';
import { markedAtOnce } from './mark.ts';
import type { Reading } from './reading.ts';
import type { RunPorts } from './run-job.ts';
import { type Settled, settle } from './settle.ts';

/** Changes agents, as many at once as the account takes, and stores how it ended as they end. */
export interface Changing {
  /** Resolves when each of these has begun, or waits for its turn. Rejects where what has ended cannot be stored. */
  begin(ready: readonly Ready[]): Promise<void>;
  /** Resolves when all that has begun is over and stored. Rejects as `begin`. */
  end(): Promise<void>;
}

/** So many agents have begun, or wait for their turn, at once: the account must not wait for the next ones. */
const mostBegun = 64;
/** What has ended is stored, and shown, after so long at most. */
const storedWithinMs = 250;

export const createChanging = (ports: RunPorts, job: BulkJob, read: Reading): Changing => {
  const { clock, gate, stop, pingPlotter } = ports;
  const carrying = {
    api: pingPlotter(job.account).once,
    clock,
    gate,
    read: read.one,
    signal: stop,
  };
  const ended: Settled[] = [];
  let begun = 0;
  let failure: { readonly error: unknown } | undefined;
  let storing: Promise<void> = Promise.resolve();
  let callOff: (() => void) | undefined;
  let onOver: (() => void) | undefined;

  const fail = (error: unknown): void => {
    failure ??= { error };
  };
  const storeAll = async (): Promise<void> => {
    while (ended.length > 0 && failure === undefined) {
      await settle(ports, job, ended.splice(0, markedAtOnce));
      await ports.onProgress(job);
    }
  };
  const store = (): void => {
    callOff?.();
    callOff = undefined;
    storing = storing.then(storeAll).catch(fail);
  };
  const change = async (one: Ready): Promise<void> => {
    const carried = await carryOut(carrying, job, one);
    if (carried.state === 'in-flight') return;
    ended.push({ ready: one, carried });
    if (ended.length >= markedAtOnce) store();
    else callOff ??= clock.after(storedWithinMs, store);
  };
  /** Of those that have begun, no more than so many are left. */
  const atMost = async (many: number): Promise<void> => {
    while (begun > many)
      await new Promise<void>((over) => {
        onOver = over;
      });
  };
  const requireStored = (): void => {
    if (failure !== undefined) throw failure.error;
  };

  return {
    begin: async (ready) => {
      for (const one of ready) {
        await atMost(mostBegun - 1);
        requireStored();
        begun += 1;
        void change(one)
          .catch(fail)
          .finally(() => {
            begun -= 1;
            onOver?.();
          });
      }
    },
    end: async () => {
      await atMost(0);
      store();
      await storing;
      requireStored();
    },
  };
};
