import { otherTurns } from '../../platform/slices.ts';
import type { Ready } from './carry-out.ts';
import { createChanging } from './changing.ts';
import type { BulkJob, BulkMember } from './domain/job.ts';
import { afterDoubt, type MemberNow, nextStep } from './domain/member.ts';
import type { Gate } from './gate.ts';
import { markedAtOnce, markReady } from './mark.ts';
import type { RunnerPorts } from './ports.ts';
import { createReading, type Reading } from './reading.ts';
import { type Settled, settle } from './settle.ts';

export interface RunPorts extends RunnerPorts {
  readonly gate: Gate;
  /** Some agents are done: the card may show it. */
  readonly onProgress: (job: BulkJob) => Promise<void>;
  /** Aborted when no call may begin any more: the job was cancelled, or as `halt`. */
  readonly stop: AbortSignal;
  /** Aborted when this process stops or somebody else has the job. */
  readonly halt: AbortSignal;
}

/** So many agents are read and noted while those before them are changed. */
const chunkSize = 64;
/** An agent that another job changes just now is free soon; where it is not, it is not read all the time. */
const busyWaitMs = 1000;
const mostBusyWaitMs = 8000;

/** Carries out what is left of a job. Returns when nothing is, or no call may begin any more. */
export const runJob = async (ports: RunPorts, job: BulkJob): Promise<void> => {
  const { stop, halt, clock, store } = ports;
  const read = createReading(ports, job);
  await recover(ports, job, read);
  let after = -1;
  let busy = false;
  let waitMs = busyWaitMs;
  // A reconnect is noted right before it is made: what was only noted would be reported as not known.
  const ahead = job.act !== 'reconnect';
  const next = async (): Promise<readonly Ready[] | undefined> => {
    const limit = ahead ? chunkSize : ports.bulkConcurrency;
    const members = await store.bulkJobs.members(job.id, ['waiting'], { after, limit });
    const last = members.at(-1);
    if (last === undefined || stop.aborted) return undefined;
    after = last.place;
    const { ready, skipped } = await prepare(ports, job, read, members);
    busy ||= skipped;
    return ready;
  };
  const changing = createChanging(ports, job, read);
  for (;;) {
    try {
      let coming = next();
      for (let ready = await coming; ready !== undefined; ready = await coming) {
        if (ahead) coming = next();
        // Its failure is met where it is awaited, after what is under way has ended.
        coming.catch(() => {});
        await changing.begin(ready);
        if (ahead) continue;
        await changing.end();
        coming = next();
      }
    } finally {
      await changing.end();
    }
    if (!busy || stop.aborted) break;
    [after, busy] = [-1, false];
    await clock.sleep(waitMs, stop).catch(() => {});
    waitMs = Math.min(waitMs * 2, mostBusyWaitMs);
  }
  if (!halt.aborted && stop.aborted) await recover(ports, job, read);
};

/** What was in flight when somebody stopped is read again, and waits again where it was not done. */
const recover = async (ports: RunPorts, job: BulkJob, read: Reading): Promise<void> => {
  for (;;) {
    const some = await ports.store.bulkJobs.members(job.id, ['in-flight'], { limit: markedAtOnce });
    if (some.length === 0) return;
    await settle(
      ports,
      job,
      await Promise.all(some.map((one) => recovered(ports, job, read, one))),
    );
  }
};

const recovered = async (
  { clock, stop, halt }: RunPorts,
  job: BulkJob,
  read: Reading,
  member: BulkMember,
): Promise<Settled> => {
  const { place, name } = member;
  const unread = { name, online: false, sessions: [] };
  const unknown: Settled = {
    ready: { member, calls: [], now: unread, readAt: 0 },
    carried: { place, state: 'not-known', why: 'not-confirmed' },
  };
  if (job.act === 'reconnect') return unknown;
  let now: MemberNow | undefined;
  try {
    now = await read.one(member.agentId);
  } catch (error) {
    // Who cancelled must not wait for an agent that cannot be read.
    if (!stop.aborted || halt.aborted) throw error;
    return unknown;
  }
  const step = nextStep(job, member, now, clock.now());
  const calls = 'calls' in step ? step.calls : [];
  const ready: Ready = { member, calls, now: now ?? unread, readAt: 0 };
  const found = afterDoubt(job, step);
  if (found === 'seen') return { ready, carried: { place, state: 'done' } };
  if (found === 'unseen') return { ready, carried: { place, state: 'waiting' } };
  return { ready, carried: { place, state: 'left-out', why: found } };
};

/** Reads these agents, and notes what is about to be done to each. */
const prepare = async (
  ports: RunPorts,
  job: BulkJob,
  read: Reading,
  members: readonly BulkMember[],
): Promise<{ readonly ready: readonly Ready[]; readonly skipped: boolean }> => {
  const { clock, stop } = ports;
  const { at: readAt, as } = await read.some(members);
  const unmade: Settled[] = [];
  const steps: Ready[] = [];
  for (const member of members) {
    const { place, name } = member;
    const now = as(member.agentId);
    const ready = { member, calls: [], now: { name, online: false, sessions: [] }, readAt };
    if (typeof now === 'string' && now !== 'gone') {
      unmade.push({ ready, carried: { place, state: 'failed', why: now } });
      continue;
    }
    const known = now === 'gone' ? undefined : now;
    const step = nextStep(job, member, known, clock.now());
    if ('leftOut' in step)
      unmade.push({ ready, carried: { place, state: 'left-out', why: step.leftOut } });
    else if (known !== undefined) steps.push({ member, calls: step.calls, now: known, readAt });
  }
  for (let at = 0; at < unmade.length; at += markedAtOnce)
    await settle(ports, job, unmade.slice(at, at + markedAtOnce));
  if (unmade.length > 0) await ports.onProgress(job);
  const ready: Ready[] = [];
  for (let at = 0; at < steps.length && !stop.aborted; at += markedAtOnce) {
    await otherTurns();
    ready.push(...(await markReady(ports, job, steps.slice(at, at + markedAtOnce))));
  }
  return { ready, skipped: ready.length < steps.length };
};
