import type { Clock } from './core/ports.ts';

/** Longer timers would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not the timers of `node:timers/promises`: each that is given up makes an error with a stack.
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const until = Date.now() + ms;
      let timer: NodeJS.Timeout | undefined;
      const giveUp = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const wait = (): void => {
        const left = until - Date.now();
        if (left > 0) {
          timer = setTimeout(wait, Math.min(left, longestTimerMs));
          return;
        }
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      wait();
    }),
};
