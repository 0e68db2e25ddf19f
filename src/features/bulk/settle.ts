import { optional } from '../../shared/optional.ts';
import type { AuditEntry } from '../audit/store.ts';
import { leftOf } from '../changes/domain/timed-resume.ts';
import type { PausedBy } from '../fleet/store.ts';
import type { Carried, Ready } from './carry-out.ts';
import type { BulkJob } from './domain/job.ts';
import { changedSessions, earlierEnds, pauses, plannedId } from './mark.ts';
import type { BulkCollections, RunnerPorts } from './ports.ts';

/** An agent that was tried, and how it ended. */
export interface Settled {
  readonly ready: Ready;
  readonly carried: Carried;
}

type EarlierEnds = Awaited<ReturnType<typeof earlierEnds>>;

/** Stores how it ended for these agents, each with its entry in the audit log. */
export const settle = async (
  { store, clock }: Pick<RunnerPorts, 'store' | 'clock'>,
  job: BulkJob,
  settled: readonly Settled[],
): Promise<void> => {
  const at = clock.now();
  await store.transaction(async (tx) => {
    await tx.bulkJobs.record(
      job.id,
      settled.map(({ carried: { place, state, why } }) => ({
        place,
        state,
        ...optional('why', why),
      })),
    );
    const ends = await earlierEnds(
      tx,
      job,
      settled.map(({ ready }) => ready),
    );
    for (const one of settled) await settleOne(tx, job, one, ends, at);
    await tx.audit.appendAll(
      settled
        .filter(({ carried }) => carried.state !== 'waiting')
        .map(({ ready, carried }) => entryOf(job, ready, carried, at)),
    );
  });
};

const settleOne = async (
  tx: BulkCollections,
  job: BulkJob,
  { ready, carried: { state } }: Settled,
  earlier: EarlierEnds,
  at: number,
): Promise<void> => {
  if (state === 'done') await afterChange(tx, job, ready, earlier, at);
  // A pause that may have taken effect must end as planned; one that had none must leave no resume behind.
  else if (state !== 'not-known') await forgetPlanned(tx, job, ready);
};

const afterChange = async (
  tx: BulkCollections,
  job: BulkJob,
  ready: Ready,
  earlier: EarlierEnds,
  at: number,
): Promise<void> => {
  const { account } = job;
  const { agentId } = ready.member;
  if (job.act === 'delete') await tx.sessions.forget(account, agentId);
  if (pauses(job)) {
    const pausing = (job.act === 'pause') === (job.undoes === undefined);
    const ids = changedSessions(job, ready, at);
    await tx.sessions.markPaused(account, agentId, ids, pausing ? pausedBy(job, at) : undefined);
  }
  await forgetEarlier(tx, job, ready, earlier, at);
};

const pausedBy = (
  { by: { id, name }, tenantId, conversationKey }: BulkJob,
  at: number,
): PausedBy => ({
  name,
  at,
  person: { tenantId, id, conversationKey },
});

/** Somebody decided again: what was planned before for these sessions does not hold any more. */
const forgetEarlier = async (
  tx: BulkCollections,
  job: BulkJob,
  ready: Ready,
  earlier: EarlierEnds,
  at: number,
): Promise<void> => {
  const { member, now } = ready;
  const planned = new Set(plannedIds(job, ready));
  const changed = job.undoes === undefined ? 'all' : changedSessions(job, ready, at);
  const ends = (member.before?.ends ?? []).flatMap((end) => end.sessions);
  const concerned = changed === 'all' ? 'all' : [...changed, ...ends];
  const known = now.sessions.map(({ id }) => id);
  for (const resume of earlier.get(member.agentId) ?? []) {
    if (planned.has(resume.id)) continue;
    const left = leftOf(resume, concerned, known);
    if (left === resume) continue;
    if ((await tx.timedResumes.cancel(resume.id)) && left !== undefined)
      await tx.timedResumes.add({ ...left, id: `${resume.id}+` });
  }
};

const plannedIds = (job: BulkJob, { member }: Ready): readonly string[] => {
  const count = job.undoes === undefined ? 1 : (member.before?.ends.length ?? 0);
  return Array.from({ length: count }, (_, index) => plannedId(job, member.place, index));
};

const forgetPlanned = async (tx: BulkCollections, job: BulkJob, ready: Ready): Promise<void> => {
  if (!pauses(job)) return;
  for (const id of plannedIds(job, ready)) await tx.timedResumes.cancel(id);
};

/** An entry's texts come from people and machines outside. */
const longest = 200;

const entryOf = (
  job: BulkJob,
  { member, calls, now }: Ready,
  { state, why, status }: Carried,
  at: number,
): AuditEntry => {
  const { account, tenantId, conversationKey, by, act, undoes, id } = job;
  const [call] = calls;
  const after = call?.call === 'rename' ? call.name : undefined;
  const result =
    state === 'done' ? 'done' : state === 'not-known' ? 'not-confirmed' : (why ?? state);
  return {
    account,
    tenantId,
    conversationKey,
    personId: by.id,
    personName: by.name.slice(0, longest),
    at,
    action: undoes === undefined ? `agent.${act}` : 'bulk.undo',
    agentId: member.agentId,
    agentName: member.name.slice(0, longest),
    result,
    ...optional('before', after && now.name.slice(0, longest)),
    ...optional('after', after?.slice(0, longest)),
    detail: undoes === undefined ? 'one of many' : `one of many, ${act} taken back`,
    ...optional('status', status),
    correlationId: id,
  };
};
