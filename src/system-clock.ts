import { setTimeout as timer } from 'node:timers/promises';
import type { Clock } from './core/ports.ts';

/** Longer timers would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    const until = Date.now() + ms;
    for (let left = ms; left > 0; left = until - Date.now()) {
      try {
        await timer(Math.min(left, longestTimerMs), undefined, signal && { signal });
      } catch (error) {
        throw signal?.reason ?? error;
      }
    }
  },
};
