import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ConversationQueue, Outbox } from '../../../platform/outbox.ts';
import type { OpenContext } from '../../define-collection.ts';
import { databaseTime } from '../../sql/database-time.ts';
import { atomically, keyOf } from '../../sql/rows.ts';
import type { ConversationColumns, Db } from '../../sql/tables.ts';

interface ConversationQueueTable extends ConversationColumns {
  claim: string | null;
  /** Of a claimed queue by the database's clock; of a free one: until when it rests, by the sender's. */
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

/**
 * A claim is a lease: it runs out by the database's clock, so that instances whose clocks are apart never hold a queue
 * at once. A rest is only a pause: it ends by the clock of who wants to send.
 */
export const createConversationQueues = (
  db: Db,
  { engine, clock }: Pick<OpenContext, 'engine' | 'clock'>,
): Pick<Outbox, 'claimQueue' | 'extend' | 'leave'> => {
  const leaseTime = () => databaseTime(engine, clock.now());
  const leaseEnd = (leaseMs: number) => sql<number>`${leaseTime()} + cast(${leaseMs} as integer)`;
  return {
    claimQueue: (now, leaseMs) =>
      atomically(db, async (tx) => {
        const free = await tx
          .selectFrom('lanes')
          .select(['account', 'conversationKey'])
          .where(({ or, and, eb }) =>
            or([
              and([eb('claim', 'is', null), eb('claimedUntil', '<=', now)]),
              and([eb('claim', 'is not', null), eb('claimedUntil', '<=', leaseTime())]),
            ]),
          )
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
          .set({ claim: queue.claim, claimedUntil: leaseEnd(leaseMs) })
          .where((eb) => eb.and(keyOf(queue)))
          .execute();
        return queue;
      }),
    extend: async (queue, leaseMs) => {
      const { numUpdatedRows } = await db
        .updateTable('lanes')
        .set({ claimedUntil: leaseEnd(leaseMs) })
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
  };
};
