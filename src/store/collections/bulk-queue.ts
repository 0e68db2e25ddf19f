import { sql } from 'kysely';
import type { BulkJobs } from '../../features/bulk/store.ts';
import type { OpenContext } from '../define-collection.ts';
import { databaseTime } from '../sql/database-time.ts';
import { readIfAny } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';
import { BulkJobRow as Row } from './bulk-job-row.ts';

const unfinished = ['waiting', 'running', 'stopping'] as const;

type Queries = Pick<BulkJobs, 'claim' | 'renew' | 'release' | 'cancel' | 'end'>;

/** Whose turn it is, and who works on it. */
export const queueQueries = (
  db: Db,
  { engine, clock, setAside }: Pick<OpenContext, 'engine' | 'clock' | 'setAside'>,
): Queries => {
  const lease = (forMs: number) => {
    const now = databaseTime(engine, clock.now());
    return { now, until: sql<number>`${now} + cast(${forMs} as integer)` };
  };
  return {
    claim: async (holder, leaseMs, except) => {
      const { now, until } = lease(leaseMs);
      const free = sql<boolean>`(claimed_until <= ${now} or claimed_by = ${holder})`;
      const row = await db
        .updateTable('bulkJobs')
        .set({
          claimedBy: holder,
          claimedUntil: until,
          state: sql<string>`case when state = 'waiting' then 'running' else state end`,
        })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('bulkJobs as one')
            .select('one.id')
            .where('one.state', 'in', unfinished)
            .where(sql<boolean>`(one.claimed_until <= ${now} or one.claimed_by = ${holder})`)
            .$if(except.length > 0, (query) => query.where('one.id', 'not in', except))
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('bulkJobs as earlier')
                    .select('earlier.id')
                    .whereRef('earlier.account', '=', 'one.account')
                    .whereRef('earlier.conversationKey', '=', 'one.conversationKey')
                    .where('earlier.state', 'in', unfinished)
                    .where(
                      sql<boolean>`(earlier.turn < one.turn or (earlier.turn = one.turn and earlier.id < one.id))`,
                    ),
                ),
              ),
            )
            .orderBy('one.turn')
            .limit(1),
        )
        .where('state', 'in', unfinished)
        .where(free)
        .returningAll()
        .executeTakeFirst();
      return readIfAny(Row, row, setAside);
    },
    renew: async (id, holder, leaseMs) =>
      readIfAny(
        Row,
        await db
          .updateTable('bulkJobs')
          .set({ claimedUntil: lease(leaseMs).until })
          .where((eb) => eb.and({ id, claimedBy: holder }))
          .returningAll()
          .executeTakeFirst(),
        setAside,
      ),
    release: async (id, holder) => {
      await db
        .updateTable('bulkJobs')
        .set({ claimedBy: null, claimedUntil: 0 })
        .where((eb) => eb.and({ id, claimedBy: holder }))
        .execute();
    },
    cancel: async (account, id, at) => {
      const over = await db
        .updateTable('bulkJobs')
        .set({ state: 'cancelled', endedAt: at })
        .where((eb) => eb.and({ account, id }))
        .where('state', 'in', ['preview', 'waiting'])
        .executeTakeFirst();
      if (over.numUpdatedRows > 0n) return true;
      const stops = await db
        .updateTable('bulkJobs')
        .set({ state: 'stopping' })
        .where((eb) => eb.and({ account, id, state: 'running' }))
        .executeTakeFirst();
      return stops.numUpdatedRows > 0n;
    },
    end: async (id, state, at) => {
      await db
        .updateTable('bulkJobs')
        .set({ state, endedAt: at, claimedBy: null, claimedUntil: 0 })
        .where('id', '=', id)
        .where('state', 'in', ['running', 'stopping'])
        .execute();
      await db.deleteFrom('bulkHolds').where('job', '=', id).execute();
    },
  };
};
