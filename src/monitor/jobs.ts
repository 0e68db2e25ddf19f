import type { Clock } from '../platform/clock.ts';
import type { Correlation } from '../platform/correlation.ts';
import type { Job } from '../platform/job.ts';
import type { Logger } from '../platform/log.ts';

interface SchedulePorts {
  readonly jobs: readonly Job[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
}

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
}

/** How late what is due may be. */
const tickMs = 5000;
/** Runs each job as long as the bot runs. What silences suppressed is sent by the monitor. */
export const createSchedule = ({
  jobs,
  clock,
  log,
  correlation,
  newId,
}: SchedulePorts): Schedule => {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  const attempt = async ({ name, run }: Job): Promise<void> => {
    try {
      await run(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.warn('job.failed', { task: name, error });
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const job of jobs) await correlation.within(newId(), () => attempt(job));
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
