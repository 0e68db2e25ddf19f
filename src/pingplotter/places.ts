/** The right to make one of so many calls at once; who comes later waits in line. */
export interface Places {
  /** Rejects with the signal's reason when that aborts while it waits. */
  enter(signal: AbortSignal | undefined): Promise<void>;
  leave(): void;
}

export const createPlaces = (most: number): Places => {
  let free = most;
  const waiting = new Set<() => void>();
  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (free > 0) {
          free -= 1;
          return resolve();
        }
        const giveUp = (): void => {
          waiting.delete(enter);
          reject(signal?.reason);
        };
        const enter = (): void => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.add(enter);
      }),
    leave: () => {
      const [next] = waiting;
      if (next === undefined) {
        free += 1;
        return;
      }
      waiting.delete(next);
      next();
    },
  };
};
