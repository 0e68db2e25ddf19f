import { type Conversation, isSameConversation } from '../../platform/conversation.ts';
import { refusal } from '../../platform/errors.ts';
import type { JobModel } from './cards/job.ts';
import { type BulkJob, noCounts } from './domain/job.ts';
import type { BulkJobs } from './store.ts';

interface Ports {
  readonly store: { readonly bulkJobs: BulkJobs };
}

/** Agents that a report names. */
const shown = 10;

/** A job and how far it is. */
export const loadJob = async ({ store }: Ports, job: BulkJob): Promise<JobModel> => {
  const { bulkJobs } = store;
  const counts = (await bulkJobs.counts([job.id])).get(job.id) ?? noCounts;
  const failed = await bulkJobs.members(job.id, ['failed'], { limit: shown });
  const unknown = await bulkJobs.members(job.id, ['not-known'], { limit: shown });
  const leftOut = await bulkJobs.members(job.id, ['left-out'], { limit: shown });
  return { job, counts, unchanged: [...failed, ...unknown, ...leftOut].slice(0, shown) };
};

/** A job of this conversation. Throws 'changed' where there is none of that id. */
export const findJob = async (
  { store }: Ports,
  here: Conversation,
  id: string,
): Promise<BulkJob> => {
  const job = await store.bulkJobs.find(here.account, id);
  if (job === undefined || !isSameConversation(job, here)) throw refusal('changed', 'bulk.unknown');
  return job;
};
