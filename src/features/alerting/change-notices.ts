import { z } from 'zod';
import { defineNotice } from '../../platform/notice.ts';
import { InventoryChange, isStillSo } from '../fleet/domain/inventory-changes.ts';
import type { KnownAgentStore } from '../fleet/store.ts';
import { nameWatch, readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import { changesCard } from './cards/changes.ts';

/** Changes of the fleet that one poll found, or that were held back until then. */
const ChangesPayload = z
  .object({
    kind: z.literal('changes'),
    /** The most important first. */
    changes: z.array(InventoryChange).readonly(),
    /** How many more there are. */
    more: z.number(),
    watchIds: z.array(z.string()).readonly(),
    /** ms since 1970 */
    at: z.number(),
  })
  .readonly();
type ChangesPayload = z.infer<typeof ChangesPayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    changes: ChangesPayload;
  }
}

interface Ports {
  readonly store: { readonly knownAgents: KnownAgentStore; readonly watches: Watches };
}

const changesNotice = defineNotice('changes', {
  payload: ChangesPayload,
  lasts: true,
  load: async ({ store }: Ports, { changes, more, watchIds }, to) => {
    const ids = changes.flatMap(({ agent, other }) => [agent, ...(other ? [other.agent] : [])]);
    const known = new Map(
      (await store.knownAgents.find(to.account, [...new Set(ids)])).map((one) => [one.id, one]),
    );
    const still = changes.filter((change) => isStillSo(change, known));
    if (still.length === 0) return undefined;
    const watches = (await store.watches.list(to))
      .flatMap((stored) => readWatch(stored) ?? [])
      .filter(({ id }) => watchIds.includes(id));
    return { changes: still, more, watches: watches.map(nameWatch) };
  },
  view: (model, reader, { at }) => ({ card: changesCard({ ...model, at }, reader) }),
});

export const changesNotices = { changes: changesNotice };
