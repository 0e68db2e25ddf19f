import { MonitorRecord, monitorDocuments } from '../core/monitor-record.ts';
import type { MonitorView } from '../core/monitor-view.ts';
import { optional } from '../core/optional.ts';
import type { Documents } from '../core/stores.ts';

/** What the last sweep left in the store, whichever instance made it. */
export const createMonitorView = (documents: Documents): MonitorView => ({
  sweeps: async (account) => {
    const { data } = MonitorRecord.safeParse(
      await documents.read(account, monitorDocuments.record),
    );
    return {
      ...optional('lastAt', data?.lastAt),
      ...optional('lastGoodAt', data?.lastGoodAt),
      ...optional('blindSince', data?.blindness.blind?.since),
    };
  },
});
