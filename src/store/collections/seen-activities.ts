import type { SeenActivities } from '../../platform/store.ts';
import { defineCollection } from '../define-collection.ts';

interface SeenActivityTable {
  conversationKey: string;
  activityId: string;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly seenActivities: SeenActivityTable;
  }
}

const lifetimeMs = 60 * 60_000;

export const seenActivities = defineCollection({
  name: 'seenActivities',
  key: ['conversationKey', 'activityId'],
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('seenActivities')
      .where('at', '<', now - lifetimeMs)
      .execute(),
  open: (db): SeenActivities => ({
    note: async (conversationKey, activityId, at) => {
      const noted = await db
        .insertInto('seenActivities')
        .values({ conversationKey, activityId, at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('at')
        .executeTakeFirst();
      return noted !== undefined;
    },
  }),
});
