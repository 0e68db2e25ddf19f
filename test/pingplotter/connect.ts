import { onTestFinished } from 'vitest';
import type { CallReport } from '../../src/pingplotter/caller.ts';
import { createPingPlotter, type PingPlotterOptions } from '../../src/pingplotter/client.ts';
import { AppError } from '../../src/platform/errors.ts';
import type { PingPlotter } from '../../src/platform/pingplotter.ts';
import { instantClock } from '../fakes/clock.ts';

export const key = 'k3y-0f-4ll-k3ys';

export interface Connected {
  readonly pingPlotter: PingPlotter & { close(): void };
  /** Each try of a call. */
  readonly calls: readonly CallReport[];
  /** The pauses between tries, in ms. */
  readonly waits: readonly number[];
}

/** A client whose pauses take no time; its connections are dropped when the test is over. */
export const connect = (
  baseUrl: string,
  options: Partial<Omit<PingPlotterOptions, 'baseUrl' | 'onCall'>> = {},
): Connected => {
  const calls: CallReport[] = [];
  const waits: number[] = [];
  const clock = instantClock();
  const pingPlotter = createPingPlotter({
    baseUrl,
    apiKey: key,
    timeoutMs: 5000,
    clock: {
      now: clock.now,
      monotonic: clock.monotonic,
      sleep: (ms, signal) => {
        waits.push(ms);
        return clock.sleep(ms, signal);
      },
    },
    random: () => 1,
    onCall: (call) => calls.push(call),
    ...options,
  });
  onTestFinished(() => pingPlotter.close());
  return { pingPlotter, calls, waits };
};

/** What a call failed with; anything but an AppError fails the test. */
export const failureOf = async (call: Promise<unknown>): Promise<AppError> => {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof AppError) return outcome.error;
  throw new Error('expected an AppError', { cause: outcome });
};
