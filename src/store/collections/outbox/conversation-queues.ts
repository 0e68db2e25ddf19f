import { randomUUID } from 'node:crypto';
import type { ConversationQueue, Outbox } from '../../../platform/outbox.ts';
import type { Engine } from '../../sql/migrations/columns.ts';
import { atomically, keyOf } from '../../sql/rows.ts';
import type { ConversationColumns, Db } from '../../sql/tables.ts';

interface ConversationQueueTable extends ConversationColumns {
  claim: string | null;
  /** Of a free queue: since when it is free. */
  claimedUntil: number;
}

declare module '../../sql/tables.ts' {
  interface Tables {
    readonly lanes: ConversationQueueTable;
  }
}

/** Locks the queue, so that the answer stays true until the transaction ends. */
export const holdsQueue = async (db: Db, queue: ConversationQueue): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('lanes')
    .set({ claim: queue.claim })
    .where((eb) => eb.and({ ...keyOf(queue), claim: queue.claim }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** A queue that somebody works on keeps its claim. */
export const restNoMore = async (db: Db, now: number): Promise<void> => {
  await db
    .updateTable('lanes')
    .set({ claimedUntil: now })
    .where('claim', 'is', null)
    .where('claimedUntil', '>', now)
    .execute();
};

export const createConversationQueues = (
  db: Db,
  engine: Engine,
): Pick<Outbox, 'claimQueue' | 'extend' | 'leave'> => ({
  claimQueue: (now, leaseMs) =>
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
      const queue = { ...free, claim: randomUUID() };
      await tx
        .updateTable('lanes')
        .set({ claim: queue.claim, claimedUntil: now + leaseMs })
        .where((eb) => eb.and(keyOf(queue)))
        .execute();
      return queue;
    }),
  extend: async (queue, now, leaseMs) => {
    const { numUpdatedRows } = await db
      .updateTable('lanes')
      .set({ claimedUntil: now + leaseMs })
      .where((eb) => eb.and({ ...keyOf(queue), claim: queue.claim }))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  leave: async (queue, restUntil) => {
    await db
      .updateTable('lanes')
      .set({ claim: null, claimedUntil: restUntil })
      .where((eb) => eb.and({ ...keyOf(queue), claim: queue.claim }))
      .execute();
  },
});
