import { z } from 'zod';
import { OpenGroup } from '../features/alerting/domain/grouping.ts';
import { noOutage, Outage } from '../features/health/domain/outage.ts';
import type { MonitorView } from '../features/health/readiness.ts';
import type { Documents } from '../platform/store.ts';
import { optional } from '../shared/optional.ts';

/** What the monitor knows of itself from one poll to the next; plain JSON, ms since 1970. */
export const MonitorRecord = z
  .object({
    blindness: Outage,
    lastAt: z.number().exactOptional(),
    lastGoodAt: z.number().exactOptional(),
    /** Names the account that was read, see MonitorPorts.source. */
    source: z.string().exactOptional(),
    groups: z.record(z.string(), OpenGroup).readonly(),
  })
  .readonly();
export type MonitorRecord = z.infer<typeof MonitorRecord>;

export const firstRecord: MonitorRecord = { blindness: noOutage, groups: {} };

/** Under this name the record is stored. */
export const recordDocument = 'monitor';

/** What the last poll left in the store, whichever instance made it. */
export const createMonitorView = (documents: Documents): MonitorView => ({
  polls: async (account) => {
    const { data } = MonitorRecord.safeParse(await documents.read(account, recordDocument));
    return {
      ...optional('lastAt', data?.lastAt),
      ...optional('lastGoodAt', data?.lastGoodAt),
      ...optional('blindSince', data?.blindness.blind?.since),
    };
  },
});
