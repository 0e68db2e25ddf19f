import { type Clock, watchWall } from '../platform/clock.ts';
import type { Job } from '../platform/job.ts';
import type { Logger } from '../platform/log.ts';
import type { Outbox } from '../platform/outbox.ts';

/** After the wall time was set: what waits for a time of before, perhaps for hours, is tried at once. */
export const clockJob = ({
  clock,
  log,
  store,
}: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: { readonly outbox: Pick<Outbox, 'waitForNothing'> };
}): Job => {
  const wallSetBy = watchWall(clock);
  let pending = false;
  return {
    name: 'noticing a clock that is set',
    run: async () => {
      const ms = wallSetBy();
      if (ms !== 0) log.warn('clock.set', { ms });
      pending ||= ms !== 0;
      if (!pending) return;
      await store.outbox.waitForNothing(clock.now());
      pending = false;
    },
  };
};
