import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import { troubleOf } from './errors.ts';

interface Ports {
  readonly clock: Clock;
  readonly log: Logger;
}

const pauseMs = 2000;
/** Each try waits for up to ten seconds by itself: about ten minutes, which most dumps take less than. */
const mostTries = 50;

/** Tries again while another program has the database locked, and logs that it waits. */
export const withPatience = async <T>(
  work: () => Promise<T>,
  { clock, log }: Ports,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error) !== 'locked' || tries === mostTries) throw error;
      log.warn('store.locked', { error, tries });
      await clock.sleep(pauseMs);
    }
  }
};
