import { randomUUID } from 'node:crypto';
import type { Lane, Outbox } from '../../../platform/outbox.ts';
import type { Engine } from '../../sql/migrations/columns.ts';
import { atomically, keyOf } from '../../sql/rows.ts';
import type { Db } from '../../sql/tables.ts';

/** Whether the lane is still this claim's; locks it, so that it stays so until the transaction ends. */
export const holdsLane = async (db: Db, lane: Lane): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('lanes')
    .set({ claim: lane.claim })
    .where((eb) => eb.and({ ...keyOf(lane), claim: lane.claim }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

export const createLanes = (
  db: Db,
  engine: Engine,
): Pick<Outbox, 'claimLane' | 'extend' | 'leave'> => ({
  claimLane: (instance, now, leaseMs) =>
    atomically(db, async (tx) => {
      const free = await tx
        .selectFrom('lanes')
        .select(['account', 'conversationKey'])
        .where('claimedUntil', '<=', now)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('outbox')
              .select('outbox.id')
              .whereRef('outbox.account', '=', 'lanes.account')
              .whereRef('outbox.conversationKey', '=', 'lanes.conversationKey')
              .where('outbox.endedAt', 'is', null)
              .where('outbox.dueAt', '<=', now),
          ),
        )
        .orderBy('claimedUntil')
        .limit(1)
        // SQLite has one writer at a time and needs no row locks.
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
        .executeTakeFirst();
      if (free === undefined) return undefined;
      const lane = { ...free, claim: randomUUID() };
      await tx
        .updateTable('lanes')
        .set({ claim: lane.claim, claimedBy: instance, claimedUntil: now + leaseMs })
        .where((eb) => eb.and(keyOf(lane)))
        .execute();
      return lane;
    }),
  extend: async (lane, now, leaseMs) => {
    const { numUpdatedRows } = await db
      .updateTable('lanes')
      .set({ claimedUntil: now + leaseMs })
      .where((eb) => eb.and({ ...keyOf(lane), claim: lane.claim }))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  leave: async (lane, restUntil) => {
    await db
      .updateTable('lanes')
      .set({ claim: null, claimedBy: null, claimedUntil: restUntil })
      .where((eb) => eb.and({ ...keyOf(lane), claim: lane.claim }))
      .execute();
  },
});
