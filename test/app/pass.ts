import { type FakeClock, settle } from '../fakes/clock.ts';

const mostSteps = 5000;

/** Moves the time on until it holds, in steps so small that what the bot does meanwhile takes no time of it. */
export const passUntil = async (
  clock: FakeClock,
  holds: () => boolean | Promise<boolean>,
  stepMs = 250,
): Promise<void> => {
  for (let step = 0; step < mostSteps; step += 1) {
    if (await holds()) return;
    await clock.advance(stepMs);
    // The network knows nothing of the clock.
    await settle(12);
  }
  throw new Error('it did not come to pass');
};

export const pass = (clock: FakeClock, ms: number, stepMs?: number): Promise<void> => {
  const end = clock.now() + ms;
  return passUntil(clock, () => clock.now() >= end, stepMs);
};
