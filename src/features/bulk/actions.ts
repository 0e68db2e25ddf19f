import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { conversationOf, type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { retryJob, undoJob } from './again.ts';
import { jobCard, titleOf } from './cards/job.ts';
import { givenUpCard } from './cards/refused.ts';
import { findJob, loadJob } from './load-job.ts';
import type { BulkPorts as Ports } from './ports.ts';
import { storedPreview } from './preview.ts';
import { startJob } from './start.ts';

const JobData = z.object({ job: Id });

const ShowData = JobData.extend({
  /** Of the agents that were not changed. */
  page: z.number().int().min(1).max(100_000).default(1),
});

const StartData = JobData.extend({
  /** Typed into the card to confirm a deletion. */
  count: z.string().max(100).default(''),
  uninstall: z.enum(['true', 'false']).default('false'),
});

declare module '../../ui/action.ts' {
  interface Verbs {
    'bulk.start': z.infer<typeof StartData>;
    'bulk.show': z.infer<typeof ShowData>;
    'bulk.cancel': z.infer<typeof JobData>;
    'bulk.retry': z.infer<typeof JobData>;
    'bulk.undo': z.infer<typeof JobData>;
  }
}

const start = defineAction('bulk.start', {
  data: StartData,
  role: 'operator',
  title: 'Changing many agents',
  card: 'bulk.show',
  run: (ports: Ports, turn, { job, count, uninstall }) =>
    startJob(ports, turn, { job, count, uninstall: uninstall === 'true' }),
});

const show = defineAction('bulk.show', {
  data: ShowData,
  role: 'viewer',
  title: 'Showing a job',
  reads: true,
  run: async (ports: Ports, turn, { job, page }) => reply(await drawJob(ports, turn, job, page)),
});

/** As it is now: its preview, how far it is, or its report. */
const drawJob = async (ports: Ports, turn: Turn, id: string, page = 1): Promise<Card> => {
  const job = await findJob(ports, conversationOf(turn.scope), id);
  if (job.state === 'preview') return storedPreview(ports, turn, job);
  if (job.startedAt === undefined) return givenUpCard(job);
  return jobCard(await loadJob(ports, job, page), readerOf(turn.scope, ports.clock));
};

const cancel = defineAction('bulk.cancel', {
  data: JobData,
  role: 'operator',
  title: 'Cancelling',
  card: 'bulk.show',
  run: async (ports: Ports, turn, { job: id }): Promise<Reply> => {
    const job = await findJob(ports, conversationOf(turn.scope), id);
    if (!(await ports.store.bulkJobs.cancel(job.account, id, ports.clock.now())))
      throw refusal('changed', 'bulk.over');
    ports.bulk.wake();
    const draw = () => drawJob(ports, turn, id);
    // A job that runs brings its card up to date itself, once in two seconds.
    const isOver = job.state === 'preview' || job.state === 'waiting';
    const everyone = turn.scope.address.kind !== 'personal' && isOver ? draw : undefined;
    const detail = titleOf(await loadJob(ports, job));
    return changeReply({ after: 'cancelled', detail }, draw, everyone);
  },
});

const retry = defineAction('bulk.retry', {
  data: JobData,
  role: 'operator',
  title: 'Trying again',
  card: 'bulk.show',
  run: (ports: Ports, turn, { job }) => retryJob(ports, turn, job),
});

const undo = defineAction('bulk.undo', {
  data: JobData,
  role: 'operator',
  title: 'Taking back',
  card: 'bulk.show',
  run: (ports: Ports, turn, { job }) => undoJob(ports, turn, job),
});

export const bulkActions = {
  'bulk.start': start,
  'bulk.show': show,
  'bulk.cancel': cancel,
  'bulk.retry': retry,
  'bulk.undo': undo,
};
