import { z } from 'zod';
import { OpenGroup } from '../features/alerting/domain/grouping.ts';
import { blindToQualitySince, noOutage, Outage } from '../features/health/domain/outage.ts';
import type { PollState } from '../features/health/domain/troubles.ts';
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
    left: z.record(z.string(), z.number()).readonly().exactOptional(),
  })
  .readonly();
export type MonitorRecord = z.infer<typeof MonitorRecord>;

export const firstRecord: MonitorRecord = { blindness: noOutage, groups: {} };

/** Under this name the record is stored. */
export const recordDocument = 'monitor';

type BlindWhy = NonNullable<PollState['blindWhy']>;

const pollStateOf = ({ lastAt, lastGoodAt, blindness }: MonitorRecord): PollState => {
  const { blind, failures, code, keyWrongSince, unmeasured } = blindness;
  const lost = unmeasured !== undefined && blindToQualitySince(blindness) !== undefined;
  // A poll that can be read while the outage goes on shows a picture that is not believed yet.
  const blindWhy: BlindWhy = failures > 0 ? 'unreadable' : 'vanished';
  return {
    ...optional('lastAt', lastAt),
    ...optional('lastGoodAt', lastGoodAt),
    ...optional('blindSince', blind?.since),
    ...optional('blindWhy', blind && blindWhy),
    ...optional('failedWith', code),
    ...optional('keyWrongSince', keyWrongSince),
    ...optional('unmeasured', lost ? unmeasured : undefined),
  };
};

/** What the last poll left in the store, whichever instance made it. */
export const createMonitorView = (documents: Documents): MonitorView => ({
  polls: async (account) => {
    const { data } = MonitorRecord.safeParse(await documents.read(account, recordDocument));
    return data === undefined ? {} : pollStateOf(data);
  },
});
