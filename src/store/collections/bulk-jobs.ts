import { sql } from 'kysely';
import { noCounts } from '../../features/bulk/domain/job.ts';
import type { BulkJobs } from '../../features/bulk/store.ts';
import { defineCollection } from '../define-collection.ts';
import { keyOf, readIfAny, readRows, toJson } from '../sql/rows.ts';
import { PlannedJob, BulkJobRow as Row } from './bulk-job-row.ts';
import { memberQueries } from './bulk-members.ts';
import { queueQueries } from './bulk-queue.ts';

/** A preview can be pressed for ten minutes; what was started is listed for a week, and may be taken back for a day. */
const previewLifetimeMs = 20 * 60_000;
const lifetimeMs = 8 * 24 * 60 * 60_000;

export const bulkJobs = defineCollection({
  name: 'bulkJobs',
  key: ['id'],
  besides: {
    bulkMembers: { key: ['job', 'place'] },
    bulkHolds: { key: ['account', 'agentId'] },
  },
  // A job that a restore brought back would go on with what was meant for another day.
  backUp: false,
  prune: async (db, { now }) => {
    await db
      .deleteFrom('bulkJobs')
      .where((eb) =>
        eb.or([
          eb.and([eb('turn', '=', 0), eb('at', '<', now - previewLifetimeMs)]),
          eb('endedAt', '<', now - lifetimeMs),
        ]),
      )
      .execute();
    await db
      .deleteFrom('bulkMembers')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('bulkJobs')
              .select('bulkJobs.id')
              .whereRef('bulkJobs.id', '=', 'bulkMembers.job'),
          ),
        ),
      )
      .execute();
  },
  open: (db, { engine, clock, setAside }): BulkJobs => {
    const nextTurn = sql<number>`(select coalesce(max(queued.turn), 0) + 1 from bulk_jobs as queued)`;

    return {
      ...memberQueries(db, setAside),
      ...queueQueries(db, { engine, clock, setAside }),
      plan: async (job, members) => {
        const { id, state, at, startedAt = null, until = null, uninstall = false, ...rest } = job;
        await memberQueries(db, setAside).add(job, members);
        await db
          .insertInto('bulkJobs')
          .values({
            ...keyOf(job),
            id,
            state,
            turn: state === 'preview' ? 0 : nextTurn,
            at,
            startedAt,
            until,
            uninstall: uninstall ? 1 : 0,
            takenBack: 0,
            retried: 0,
            claimedUntil: 0,
            job: toJson(PlannedJob.parse(rest)),
          })
          .execute();
      },
      find: async (account, id) =>
        readIfAny(
          Row,
          await db
            .selectFrom('bulkJobs')
            .selectAll()
            .where((eb) => eb.and({ account, id }))
            .executeTakeFirst(),
          setAside,
        ),
      begin: async (account, id, at, { until = null, uninstall = false }) => {
        const { numUpdatedRows } = await db
          .updateTable('bulkJobs')
          .set({
            state: 'waiting',
            turn: nextTurn,
            startedAt: at,
            until,
            uninstall: uninstall ? 1 : 0,
          })
          .where((eb) => eb.and({ account, id, state: 'preview' }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
      list: async (conversation, since, limit) =>
        readRows(
          Row,
          await db
            .selectFrom('bulkJobs')
            .selectAll()
            .where((eb) => eb.and(keyOf(conversation)))
            .where('startedAt', '>=', since)
            .orderBy('turn', 'desc')
            .limit(limit)
            .execute(),
          setAside,
        ),
      counts: async (ids) => {
        if (ids.length === 0) return new Map();
        const rows = await db
          .selectFrom('bulkMembers')
          .select(['job', 'state', db.fn.countAll<number | string>().as('count')])
          .where('job', 'in', ids)
          .groupBy(['job', 'state'])
          .execute();
        return new Map(
          ids.map((id) => [
            id,
            {
              ...noCounts,
              ...Object.fromEntries(
                rows
                  .filter(({ job }) => job === id)
                  .map(({ state, count }) => [state, Number(count)]),
              ),
            },
          ]),
        );
      },
      takeBack: async (account, id) => {
        const { numUpdatedRows } = await db
          .updateTable('bulkJobs')
          .set({ takenBack: 1 })
          .where((eb) => eb.and({ account, id, takenBack: 0 }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
      retry: async (account, id) => {
        const { numUpdatedRows } = await db
          .updateTable('bulkJobs')
          .set({ retried: 1 })
          .where((eb) => eb.and({ account, id, retried: 0 }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    };
  },
});
