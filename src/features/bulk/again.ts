import { actorOf, personIdOf, requireRole } from '../../chat/person.ts';
import { conversationOf, type Reply, type Scope, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { isRecent } from './cards/job.ts';
import { type BulkJob, isUndoable, type MemberState, undoableMs } from './domain/job.ts';
import { findJob } from './load-job.ts';
import type { BulkPorts } from './ports.ts';
import { started } from './start.ts';

const isOver = ({ state }: BulkJob): boolean => state === 'done' || state === 'cancelled';

/** Tries again what failed, as a job of its own. */
export const retryJob = async (ports: BulkPorts, turn: Turn, id: string): Promise<Reply> => {
  const { store, clock } = ports;
  const job = await findJob(ports, turn.scope, id);
  if (job.act === 'delete') requireRole(turn.scope, 'admin', 'Deleting');
  if (job.startedAt !== undefined && !isRecent(job, clock.now()))
    throw refusal('expired', 'bulk.too-old');
  const { until } = job;
  if (until !== undefined && until <= clock.now()) throw refusal('expired', 'pause.end-past');
  const counts = (await store.bulkJobs.counts([id])).get(id);
  const nothing = !isOver(job) || (counts?.failed ?? 0) === 0;
  if (nothing || !(await store.bulkJobs.retry(job.account, id)))
    throw refusal('changed', 'bulk.nothing-failed');
  return again(ports, turn, job, 'failed');
};

/** Takes back what a job did, as a job of its own: as every agent was. */
export const undoJob = async (ports: BulkPorts, turn: Turn, id: string): Promise<Reply> => {
  const { store, clock } = ports;
  const job = await findJob(ports, turn.scope, id);
  if (job.by.id !== personIdOf(turn.scope))
    throw refusal('changed', 'undo.of-somebody-else', { name: job.by.name });
  if (!isOver(job))
    throw refusal('changed', job.state === 'preview' ? 'undo.nothing' : 'bulk.runs');
  if (!isUndoable(job.act) || job.undoes !== undefined || !isRecent(job, clock.now()))
    throw refusal('expired', 'bulk.too-old');
  const done = (await store.bulkJobs.counts([id])).get(id)?.done ?? 0;
  if (done === 0) throw refusal('changed', 'undo.nothing');
  if (!(await store.bulkJobs.takeBack(job.account, id))) throw refusal('changed', 'undo.too-late');
  return again(ports, turn, { ...job, undoes: id }, 'done');
};

/** More than any fleet has. */
const mostMembers = 100_000;

/** The same for those agents of the job that are in that state. */
const again = async (
  ports: BulkPorts,
  turn: Turn,
  { endedAt: _, leftOut: __, ...job }: BulkJob,
  state: MemberState,
): Promise<Reply> => {
  const { store, clock, newId } = ports;
  const members = await store.bulkJobs.members(job.undoes ?? job.id, [state], {
    limit: mostMembers,
  });
  const at = clock.now();
  const id = newId();
  await store.bulkJobs.plan(
    {
      ...job,
      ...conversationOf(turn.scope),
      id,
      by: actorOf(turn.scope),
      state: 'waiting',
      at,
      startedAt: at,
      takenBack: false,
      retried: false,
    },
    members,
  );
  return started(ports, turn, id);
};

const mostLooked = 50;

/** The last job that this person started here and can take back. */
export const lastUndoable = async (
  { store, clock }: Pick<BulkPorts, 'store' | 'clock'>,
  scope: Scope,
): Promise<{ readonly id: string; readonly at: number } | undefined> => {
  const since = clock.now() - undoableMs;
  const jobs = (await store.bulkJobs.list(conversationOf(scope), since, mostLooked)).filter(
    ({ by, act, undoes, takenBack }) =>
      by.id === personIdOf(scope) && isUndoable(act) && undoes === undefined && !takenBack,
  );
  const counts = await store.bulkJobs.counts(jobs.map(({ id }) => id));
  const last = jobs.find((job) => !isOver(job) || (counts.get(job.id)?.done ?? 0) > 0);
  return last && { id: last.id, at: last.startedAt ?? last.at };
};
