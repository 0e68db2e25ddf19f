import type { Clock } from '../core/ports.ts';

export interface Bell {
  /** Ends the wait; one that begins later ends at once. */
  ring(): void;
  /** Until it is rung, at most this long. */
  wait(ms: number): Promise<void>;
}

export const createBell = (clock: Clock): Bell => {
  let rung = false;
  let waiting: AbortController | undefined;
  return {
    ring: () => {
      rung = true;
      waiting?.abort();
    },
    wait: async (ms) => {
      if (!rung) {
        waiting = new AbortController();
        await clock.sleep(ms, waiting.signal).catch(() => undefined);
        waiting = undefined;
      }
      rung = false;
    },
  };
};
