import type { AgentId } from '../../platform/agent.ts';
import { ownChangeLifetimeMs } from '../changes/domain/own-change.ts';
import { concerns, endsOf } from '../changes/domain/timed-resume.ts';
import type { TimedResume } from '../changes/store.ts';
import type { Ready } from './carry-out.ts';
import { type Before, type BulkJob, isUndoable } from './domain/job.ts';
import { type MemberNow, sessionsBack } from './domain/member.ts';
import type { BulkCollections, RunnerPorts } from './ports.ts';
import type { InFlight } from './store.ts';

type Ports = Pick<RunnerPorts, 'clock' | 'pollSeconds' | 'store'>;

/**
 * One transaction of so many stays far below the longest block of the event loop that is allowed (50 ms). Each ends
 * by waiting for the disk, so there should be few of them.
 */
export const markedAtOnce = 32;

/**
 * Stores, before any of these calls is made, that it is about to be: what it will change, when that ends by itself, and
 * that the bot does it. Gives those that no other job changes just now.
 */
export const markReady = async (
  ports: Ports,
  job: BulkJob,
  ready: readonly Ready[],
): Promise<readonly Ready[]> => {
  const { clock, pollSeconds, store } = ports;
  const { account } = job;
  const at = clock.now();
  return store.transaction(async (tx) => {
    const marks: (InFlight & { readonly one: Ready; readonly earlier: readonly TimedResume[] })[] =
      [];
    const ends = await earlierEnds(tx, job, ready);
    for (const one of ready) {
      const { place, agentId, before } = one.member;
      const earlier = ends.get(agentId) ?? [];
      const known = before ?? beforeOf(job, one.now, earlier);
      marks.push({
        place,
        agentId,
        one,
        earlier,
        ...(isUndoable(job.act) ? { before: known } : {}),
      });
    }
    const free = await tx.bulkJobs.mark(job, marks);
    const ours = marks.filter(({ place }) => free.has(place));
    for (const { one, earlier } of ours) {
      for (const planned of plannedEnds(job, one, earlier, at)) {
        await tx.timedResumes.cancel(planned.id);
        await tx.timedResumes.add(planned);
      }
    }
    await tx.ownChanges.addAll(
      account,
      ours.map(({ one }) => ({
        agent: one.member.agentId,
        kind: kindOf(job),
        at,
        until: at + ownChangeLifetimeMs(pollSeconds),
        by: job.by.name,
        ...nameOf(one),
      })),
    );
    return ours.map(({ one }) => one);
  });
};

/** By agent, the timed pauses that were planned before; none where the job leaves them alone, as a rename does. */
export const earlierEnds = async (
  { timedResumes }: Pick<BulkCollections, 'timedResumes'>,
  job: BulkJob,
  ready: readonly Ready[],
): Promise<ReadonlyMap<AgentId, readonly TimedResume[]>> =>
  pauses(job) || job.act === 'delete'
    ? timedResumes.forAgents(
        job.account,
        ready.map(({ member }) => member.agentId),
      )
    : new Map();

export const pauses = ({ act }: Pick<BulkJob, 'act'>): boolean =>
  act === 'pause' || act === 'resume';

/** An undo does the opposite. */
const kindOf = ({ act, undoes }: BulkJob): BulkJob['act'] => {
  if (undoes === undefined || !pauses({ act })) return act;
  return act === 'pause' ? 'resume' : 'pause';
};

const nameOf = ({ calls }: Ready): { readonly name?: string } => {
  const [call] = calls;
  return call?.call === 'rename' ? { name: call.name } : {};
};

const beforeOf = (
  { act }: BulkJob,
  { name, sessions }: MemberNow,
  earlier: readonly TimedResume[],
): Before => {
  const changed = sessions.filter(({ state }) => state !== (act === 'pause' ? 'paused' : 'active'));
  return {
    name,
    sessions: changed.map((session) => ({ id: session.id, name: session.name })),
    all: changed.length === sessions.length,
    ends: endsOf(
      earlier,
      sessions.map(({ id }) => id),
    ),
  };
};

/** Their ids are the same again after a restart, so that none is planned twice. */
export const plannedId = (job: Pick<BulkJob, 'id'>, place: number, index = 0): string =>
  `${job.id}:${place}:${index}`;

const plannedEnds = (
  job: BulkJob,
  { member, now }: Ready,
  earlier: readonly TimedResume[],
  at: number,
): readonly TimedResume[] => {
  const { account, conversationKey, by, until, undoes, act } = job;
  const { agentId, place, before } = member;
  if (undoes !== undefined) {
    const ends = pauses(job) ? (before?.ends ?? []).filter(({ dueAt }) => dueAt > at) : [];
    return ends.map((end, index) => ({
      ...end,
      account,
      agentId,
      id: plannedId(job, place, index),
    }));
  }
  if (act !== 'pause' || until === undefined) return [];
  // What somebody paused for good stays paused.
  const resuming = now.sessions.filter(
    ({ id, state }) => state !== 'paused' || earlier.some((resume) => concerns(resume, id)),
  );
  const all = resuming.length === now.sessions.length;
  const sessions = all ? [] : resuming.map(({ id }) => id);
  const id = plannedId(job, place);
  return [{ account, conversationKey, id, agentId, sessions, dueAt: until, by }];
};

/** The sessions that the job really changes, of those that the agent has. */
export const changedSessions = (
  job: BulkJob,
  { member, now }: Ready,
  at: number,
): readonly string[] =>
  job.undoes === undefined || member.before === undefined
    ? now.sessions.map(({ id }) => id)
    : sessionsBack(job.act, member.before, at).map(({ id }) => id);

export type MarkCollections = BulkCollections;
