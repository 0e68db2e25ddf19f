import { z } from 'zod';
import { defineNotice } from '../../platform/notice.ts';
import { scheduleRunCard } from './cards/schedule-run.ts';

/** What a schedule did, where that is news: late, for the first time, or not with everybody. */
const SchedulePayload = z
  .object({
    kind: z.literal('schedule'),
    schedule: z.string(),
    number: z.number(),
    /** As it would be typed. */
    line: z.string(),
    what: z.enum(['paused', 'resumed']),
    /** ms since 1970: when it was to be, and when it was. */
    dueAt: z.number(),
    at: z.number(),
    /** Of a pause: when it ends. */
    until: z.number().exactOptional(),
    agents: z.number(),
    /** They needed no pause. */
    passed: z.number(),
    /** The first of those with which it did not work. */
    failed: z
      .array(z.object({ agentId: z.string(), name: z.string(), problem: z.string() }).readonly())
      .readonly(),
    failedCount: z.number(),
  })
  .readonly();
export type SchedulePayload = z.infer<typeof SchedulePayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    schedule: SchedulePayload;
  }
}

const scheduleNotice = defineNotice('schedule', {
  payload: SchedulePayload,
  load: async (_: unknown, payload) => payload,
  view: (payload, reader) => ({ card: scheduleRunCard(payload, reader) }),
});

export const scheduleNotices = { schedule: scheduleNotice };
