import type { Clock } from '../core/ports.ts';

/** The work's value if it comes in time; the work itself goes on in any case. Rejects if the work does in time. */
export const within = <T>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<T>,
): Promise<{ readonly value: T } | undefined> =>
  new Promise((resolve, reject) => {
    const callOff = clock.after(ms, () => resolve(undefined));
    work.then((value) => resolve({ value }), reject).finally(callOff);
  });
