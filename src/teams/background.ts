import type { Logger } from '../core/ports.ts';

/** Work that may outlive the request that began it. */
export interface Background {
  /** Never rejects: a failure is logged, for nobody waits to hear of it. */
  run(what: string, work: () => Promise<void>): Promise<void>;
  /** Resolves once nothing runs any more, also what began meanwhile. */
  settled(): Promise<void>;
}

export const createBackground = (log: Logger): Background => {
  const running = new Set<Promise<void>>();
  return {
    run: (what, work) => {
      const done: Promise<void> = work()
        .catch((error: unknown) => log.error('background work failed', { work: what, error }))
        .finally(() => running.delete(done));
      running.add(done);
      return done;
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
