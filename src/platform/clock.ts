/** Wall time is for what is shown or stored, and may be set; how long something takes is told by `monotonic`. */
export interface Clock {
  /** ms since 1970 */
  now(): number;
  /** ms since some moment in the past: goes on evenly, whatever the machine's time is set to. Never 0. */
  monotonic(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does it then, unless it is called off before: what this gives back does that. */
  after(ms: number, act: () => void): () => void;
}

/** Longer timers would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

const monotonic = (): number => performance.now();

const after = (ms: number, act: () => void): (() => void) => {
  const at = monotonic() + ms;
  let timer: NodeJS.Timeout | undefined;
  const wait = (left: number): void => {
    timer = setTimeout(look, Math.min(Math.ceil(left), longestTimerMs));
  };
  const look = (): void => {
    const left = at - monotonic();
    if (left > 0) wait(left);
    else act();
  };
  wait(ms);
  return () => clearTimeout(timer);
};

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic,
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

/** Less than this is the machine correcting its clock. */
const setFromMs = 60_000;

/** Gives by how much the wall time was set since it was asked last, in ms; 0 = it was not. */
export const watchWall = (clock: Pick<Clock, 'now' | 'monotonic'>): (() => number) => {
  const ahead = (): number => clock.now() - clock.monotonic();
  let before = ahead();
  return () => {
    const byMs = Math.round(ahead() - before);
    if (Math.abs(byMs) < setFromMs) return 0;
    before += byMs;
    return byMs;
  };
};

/** The work's value if it comes in time; the work itself goes on in any case. Rejects if the work does in time. */
export const within = <T>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<T>,
): Promise<{ readonly value: T } | undefined> =>
  new Promise((resolve, reject) => {
    const callOff = clock.after(ms, () => resolve(undefined));
    // Not `finally`: it makes four promises more, and each turn waits so three times.
    work.then(
      (value) => {
        callOff();
        resolve({ value });
      },
      (error: unknown) => {
        callOff();
        reject(error);
      },
    );
  });
