import type { Clock } from '../platform/clock.ts';
import type { Job } from '../platform/job.ts';
import type { Store } from '../platform/store.ts';

const pruneMs = 60 * 60_000;

/** Deletes what has served its time, once an hour. */
export const pruneJob = ({
  clock,
  store,
}: {
  readonly clock: Clock;
  readonly store: Pick<Store, 'prune'>;
}): Job => {
  let dueAt = 0;
  return {
    name: 'clearing up',
    run: async () => {
      if (clock.monotonic() < dueAt) return;
      dueAt = clock.monotonic() + pruneMs;
      await store.prune(clock.now());
    },
  };
};
