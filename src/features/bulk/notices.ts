import { z } from 'zod';
import { defineNotice } from '../../platform/notice.ts';
import { jobCard } from './cards/job.ts';
import { loadJob } from './load-job.ts';
import type { BulkJobs } from './store.ts';

/** How far a job is, or its report. */
const BulkPayload = z.object({ kind: z.literal('bulk'), job: z.string() }).readonly();
type BulkPayload = z.infer<typeof BulkPayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    bulk: BulkPayload;
  }
}

interface Ports {
  readonly store: { readonly bulkJobs: BulkJobs };
}

const bulkNotice = defineNotice('bulk', {
  payload: BulkPayload,
  lasts: true,
  load: async (ports: Ports, { job: id }, { account }) => {
    const job = await ports.store.bulkJobs.find(account, id);
    return job && loadJob(ports, job);
  },
  view: (model, reader) => ({ card: jobCard(model, reader) }),
});

export const bulkNotices = { bulk: bulkNotice };
