import type { Clock } from '../platform/clock.ts';
import { longestAskedWaitMs } from '../platform/pingplotter.ts';

/** The wait that a 429 asks of all calls of its account, in this process. */
export interface AccountWait {
  /** Nobody calls for so long; a longer wait that somebody else was asked for goes on. */
  begin(ms: number): void;
  /** In ms; 0 = nobody has to wait. */
  leftMs(): number;
}

/** By the monotonic clock, so that a wall time that is set makes it neither endless nor short. */
export const createAccountWait = (clock: Pick<Clock, 'monotonic'>): AccountWait => {
  let until = 0;
  return {
    begin: (ms) => {
      until = Math.max(until, clock.monotonic() + Math.min(ms, longestAskedWaitMs));
    },
    leftMs: () => Math.max(0, until - clock.monotonic()),
  };
};
