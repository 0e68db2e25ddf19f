import { type Conversation, isSameConversation } from '../../platform/conversation.ts';
import { refusal } from '../../platform/errors.ts';
import { type JobModel, namedOnPage } from './cards/job.ts';
import {
  type BulkJob,
  type BulkMember,
  noCounts,
  unchangedOf,
  unchangedStates,
} from './domain/job.ts';
import type { BulkJobs } from './store.ts';

interface Ports {
  readonly store: { readonly bulkJobs: BulkJobs };
}

/** A job and how far it is; its report names so many agents on a page. */
export const loadJob = async (
  { store: { bulkJobs } }: Ports,
  job: BulkJob,
  page = 1,
): Promise<JobModel> => {
  const counts = (await bulkJobs.counts([job.id])).get(job.id) ?? noCounts;
  const pages = Math.max(1, Math.ceil(unchangedOf(counts) / namedOnPage));
  const shown = Math.min(page, pages);
  let skip = (shown - 1) * namedOnPage;
  const unchanged: BulkMember[] = [];
  for (const state of unchangedStates) {
    const limit = namedOnPage - unchanged.length;
    if (skip < counts[state] && limit > 0)
      unchanged.push(...(await bulkJobs.members(job.id, [state], { skip, limit })));
    skip = Math.max(0, skip - counts[state]);
  }
  return { job, counts, unchanged, page: shown };
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
