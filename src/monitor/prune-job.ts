import type { Clock } from '../platform/clock.ts';
import type { Job } from '../platform/job.ts';
import type { Store } from '../platform/store.ts';

/** The samples of so long are read as polls wrote them, which takes a digest longer than a day of packed ones. */
const pruneMs = 15 * 60_000;

/** Deletes what has served its time, and packs samples. */
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
