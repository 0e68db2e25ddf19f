import { asAppError } from '../../platform/errors.ts';
import type { Job } from '../../platform/job.ts';
import type { BulkJob } from './domain/job.ts';
import { createGate, type Gate } from './gate.ts';
import type { BulkRunner, RunnerPorts } from './ports.ts';
import { runJob } from './run-job.ts';
import { createUpdates } from './updates.ts';

export interface RunningBulk extends BulkRunner {
  /** Looks for jobs whose turn it is. */
  readonly job: Job;
  start(): void;
  /** Begins no further call, waits for those in flight, and leaves the rest in the store. */
  stop(): Promise<void>;
}

/** Nobody else goes on with a job meanwhile. */
const leaseMs = 15_000;
/** How soon a job that somebody cancelled on another instance stops. */
const renewMs = 2000;
/** Each conversation has one at a time. */
const mostJobs = 50;

export const createBulkRunner = (ports: RunnerPorts): RunningBulk => {
  const { clock, store, log, instance, bulkConcurrency } = ports;
  const halting = new AbortController();
  const gates = new Map<string, Gate>();
  const underWay = new Map<string, Promise<void>>();
  const checks = new Map<string, () => void>();
  let started = false;
  let claiming: Promise<void> | undefined;
  let again = false;

  const gateOf = (account: string): Gate => {
    const gate = gates.get(account) ?? createGate(clock, bulkConcurrency);
    gates.set(account, gate);
    return gate;
  };

  const claimAll = async (): Promise<void> => {
    do {
      again = false;
      while (!halting.signal.aborted && underWay.size < mostJobs) {
        const job = await store.bulkJobs.claim(instance, leaseMs, [...underWay.keys()]);
        if (job === undefined) break;
        begin(job);
      }
    } while (again && !halting.signal.aborted);
  };

  const claim = async (): Promise<void> => {
    if (!started) return;
    again = true;
    claiming ??= claimAll().finally(() => {
      claiming = undefined;
    });
    return claiming;
  };

  const wake = (): void => {
    for (const check of checks.values()) check();
    claim().catch((error: unknown) =>
      log.warn('bulk.not-claimed', { code: asAppError(error).code }),
    );
  };

  const begin = (job: BulkJob): void => {
    const work = carry(job).finally(() => {
      underWay.delete(job.id);
      if (!halting.signal.aborted) wake();
    });
    underWay.set(job.id, work);
  };

  const carry = async (job: BulkJob): Promise<void> => {
    const stopping = new AbortController();
    const lost = new AbortController();
    const halt = AbortSignal.any([halting.signal, lost.signal]);
    const stop = AbortSignal.any([stopping.signal, halt]);
    const done = new AbortController();
    const check = async (): Promise<void> => {
      const now = await store.bulkJobs.renew(job.id, instance, leaseMs);
      if (now === undefined) lost.abort();
      else if (now.state === 'stopping') stopping.abort();
    };
    const renewing = async (): Promise<void> => {
      const until = AbortSignal.any([done.signal, halt]);
      while (!until.aborted) {
        await clock.sleep(renewMs, until).catch(() => {});
        if (!until.aborted) await check().catch(() => {});
      }
    };
    checks.set(job.id, () => void check().catch(() => {}));
    if (job.state === 'stopping') stopping.abort();
    const updates = createUpdates(ports, job);
    const renewed = renewing();
    try {
      log.info('bulk.began', { job: job.id, act: job.act });
      await runJob(
        { ...ports, gate: gateOf(job.account), onProgress: updates.note, stop, halt },
        job,
      );
      if (halt.aborted) return;
      const state = stop.aborted ? 'cancelled' : 'done';
      await store.bulkJobs.end(job.id, state, clock.now());
      log.info('bulk.ended', { job: job.id, state });
      ports.fleets.forget(job.account);
      await updates.last();
    } catch (error) {
      // It goes on when its lease is over: what it waits for may be back by then.
      if (!halt.aborted) {
        log.warn('bulk.delayed', { job: job.id, code: asAppError(error).code });
        await clock.sleep(leaseMs, halt).catch(() => {});
      }
    } finally {
      done.abort();
      checks.delete(job.id);
      await renewed;
      await store.bulkJobs.release(job.id, instance).catch(() => {});
    }
  };

  return {
    wake,
    pace: (account) => ({ callMs: gateOf(account).callMs(), atOnce: bulkConcurrency }),
    job: { name: 'bulk jobs', run: claim },
    start: () => {
      started = true;
    },
    stop: async () => {
      halting.abort();
      await claiming?.catch(() => {});
      await Promise.all(underWay.values());
    },
  };
};
