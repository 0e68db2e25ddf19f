import { carryOutResumes } from '../features/changes/jobs.ts';
import type { Expectations } from '../features/changes/store.ts';
import { askForDigests } from '../features/digest/jobs.ts';
import type { Clock } from '../platform/clock.ts';
import type { Correlation } from '../platform/correlation.ts';
import type { Logger } from '../platform/log.ts';
import type { PingPlotter } from '../platform/pingplotter.ts';
import type { Store } from '../platform/store.ts';

export interface SchedulePorts {
  readonly store: Store;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly expectations: Expectations;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
  readonly pollSeconds: number;
}

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
}

/** How late what is due may be. */
const tickMs = 5000;
const pruneMs = 60 * 60_000;

/**
 * What is due at its time: the ends of timed pauses, digests, and clearing up. Every instance looks;
 * each thing is claimed by one of them. What silences held back is the monitor's own affair.
 */
export const createSchedule = (ports: SchedulePorts): Schedule => {
  const { clock, log, store, correlation, newId } = ports;
  const holder = newId();
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let pruneAt = 0;

  const clearUp = async (): Promise<void> => {
    const now = clock.now();
    if (now < pruneAt) return;
    pruneAt = now + pruneMs;
    await store.mutes.takeEnded(now);
    await store.maintenance.takeEnded(now);
    await store.prune(now);
  };

  const tasks: Readonly<Record<string, () => Promise<void>>> = {
    'timed resumes': () => carryOutResumes(ports, holder, stopping.signal),
    digests: () => askForDigests(ports),
    'clearing up': clearUp,
  };

  const attempt = async (task: string, carryOut: () => Promise<void>): Promise<void> => {
    try {
      await carryOut();
    } catch (error) {
      if (!stopping.signal.aborted) log.warn('not done in time', { task, error });
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const [task, carryOut] of Object.entries(tasks))
        await correlation.within(newId(), () => attempt(task, carryOut));
      await clock.sleep(tickMs, stopping.signal).catch(() => {});
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
