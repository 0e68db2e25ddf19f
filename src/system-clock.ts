import type { Clock } from './core/ports.ts';

/** Longer timers would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

const after = (ms: number, act: () => void): (() => void) => {
  const at = Date.now() + ms;
  let timer: NodeJS.Timeout | undefined;
  const wait = (left: number): void => {
    timer = setTimeout(look, Math.min(left, longestTimerMs));
  };
  const look = (): void => {
    const left = at - Date.now();
    if (left > 0) wait(left);
    else act();
  };
  wait(ms);
  return () => clearTimeout(timer);
};

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after,
  // Not the timers of `node:timers/promises`: each that is given up makes an error with a stack.
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (ms <= 0) return resolve();
      const giveUp = (): void => {
        wakeNoMore();
        reject(signal?.reason);
      };
      const wakeNoMore = after(ms, () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    }),
};
