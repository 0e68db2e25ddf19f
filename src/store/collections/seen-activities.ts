import type { SeenActivities } from '../../platform/store.ts';
import type { Db } from '../sql/tables.ts';

export const createSeenActivities = (db: Db): SeenActivities => ({
  note: async (conversationKey, activityId, at) => {
    const noted = await db
      .insertInto('seenActivities')
      .values({ conversationKey, activityId, at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('at')
      .executeTakeFirst();
    return noted !== undefined;
  },
});
