import type { Clock } from '../platform/clock.ts';

/** The wait that a 429 asks of all calls of its account, in this process. */
export interface AccountWait {
  /** Nobody calls for so long; a longer wait that somebody else was asked for goes on. */
  begin(ms: number): void;
  /** In ms; 0 = nobody has to wait. */
  leftMs(): number;
}

/** However long PingPlotter asks for: then one call finds out whether it still does. */
const longestMs = 60 * 60_000;

/** By the monotonic clock, so that a wall time that is set makes it neither endless nor short. */
export const createAccountWait = (clock: Pick<Clock, 'monotonic'>): AccountWait => {
  let until = 0;
  return {
    begin: (ms) => {
      until = Math.max(until, clock.monotonic() + Math.min(ms, longestMs));
    },
    leftMs: () => Math.max(0, until - clock.monotonic()),
  };
};
