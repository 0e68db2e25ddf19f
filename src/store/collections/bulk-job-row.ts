import { z } from 'zod';
import { type BulkJob, bulkActs } from '../../features/bulk/domain/job.ts';
import { conversationColumns, json } from '../sql/rows.ts';
import type { ConversationColumns, Flag, Json } from '../sql/tables.ts';

interface BulkJobTable extends ConversationColumns {
  id: string;
  state: string;
  /** Its place in the queue; 0 = it is a preview. */
  turn: number;
  at: number;
  startedAt: number | null;
  endedAt: number | null;
  until: number | null;
  uninstall: Flag;
  takenBack: Flag;
  retried: Flag;
  claimedBy: string | null;
  claimedUntil: number;
  job: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly bulkJobs: BulkJobTable;
  }
}

const flag = z.number().transform((value) => value !== 0);

/** What does not change once it is planned. */
export const PlannedJob = z.object({
  tenantId: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  act: z.enum(bulkActs),
  undoes: z.string().exactOptional(),
  filter: z.string(),
  picked: z.literal(true).exactOptional(),
  leftOut: z
    .array(z.object({ why: z.string(), count: z.number(), names: z.array(z.string()) }))
    .exactOptional(),
  pattern: z.string().exactOptional(),
  lasts: z.number().exactOptional(),
});

export const BulkJobRow = z
  .object({
    ...conversationColumns,
    id: z.string(),
    state: z.enum(['preview', 'waiting', 'running', 'stopping', 'done', 'cancelled']),
    at: z.number(),
    startedAt: z.number().exactOptional(),
    endedAt: z.number().exactOptional(),
    until: z.number().exactOptional(),
    uninstall: flag,
    takenBack: flag,
    retried: flag,
    job: json(PlannedJob),
  })
  .transform(({ job, ...row }): BulkJob => ({ ...row, ...job }));
