import type { FakeClock } from '../fakes/clock.ts';
import { quiet } from '../fakes/quiet.ts';

const mostSteps = 5000;
/** Of a bot that waits for nothing. */
const emptyStepMs = 1000;

/** On to what is due next, or in one stride. What is begun there is done before the time moves again. */
const step = async (clock: FakeClock, mostMs: number, strideMs: number): Promise<void> => {
  const now = clock.now();
  const due = clock.sleepers().find((at) => at > now) ?? now + emptyStepMs;
  if (strideMs > 0) await clock.jump(Math.min(strideMs, mostMs));
  else await clock.advance(Math.min(due - now, mostMs));
  await quiet();
};

/**
 * Moves the time on until it holds; what the bot does meanwhile takes no time of it. In strides it goes on as for a
 * machine that sleeps through each of them: what was due meanwhile is done once, at its end.
 */
export const passUntil = async (
  clock: FakeClock,
  holds: () => boolean | Promise<boolean>,
  strideMs = 0,
): Promise<void> => {
  await quiet();
  for (let steps = 0; steps < mostSteps; steps += 1) {
    if (await holds()) return;
    await step(clock, Number.POSITIVE_INFINITY, strideMs);
  }
  throw new Error('it did not come to pass');
};

export const pass = async (clock: FakeClock, ms: number, strideMs = 0): Promise<void> => {
  await quiet();
  const end = clock.now() + ms;
  while (clock.now() < end) await step(clock, end - clock.now(), strideMs);
};
