import type { Clock } from '../core/ports.ts';

/** One for all: a signal makes an error with a stack where it is given none. */
const overInTime = new Error('the work is done');

/** The work's value if it comes in time; the work itself goes on in any case. Rejects if the work does in time. */
export const within = async <T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
): Promise<{ readonly value: T } | undefined> => {
  const over = new AbortController();
  const late = clock.sleep(ms, over.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    over.abort(overInTime);
  }
};
