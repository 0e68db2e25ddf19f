import { sql } from 'kysely';
import { z } from 'zod';
import type { TimedResumes } from '../../features/changes/store.ts';
import { defineCollection } from '../define-collection.ts';
import { databaseTime } from '../sql/database-time.ts';
import { ActorColumn, conversationColumns, json, keyOf, readRows, toJson } from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface TimedResumeTable extends ConversationColumns {
  id: string;
  agentId: string;
  sessions: Json;
  dueAt: number;
  by: Json;
  claimedBy: string | null;
  claimedUntil: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly timedResumes: TimedResumeTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  agentId: z.string(),
  sessions: json(z.array(z.string())),
  dueAt: z.number(),
  by: ActorColumn,
});

export const timedResumes = defineCollection({
  name: 'timedResumes',
  key: ['id'],
  backUp: true,
  open: (db, { engine, clock, setAside }): TimedResumes => ({
    add: async ({ id, agentId, sessions, dueAt, by, ...conversation }) => {
      await db
        .insertInto('timedResumes')
        .values({
          ...keyOf(conversation),
          id,
          agentId,
          sessions: toJson(sessions),
          dueAt,
          by: toJson(by),
          claimedUntil: 0,
        })
        .execute();
    },
    forAgent: async (account, agentId) =>
      readRows(
        Row,
        await db
          .selectFrom('timedResumes')
          .selectAll()
          .where('account', '=', account)
          .where('agentId', '=', agentId)
          .orderBy('dueAt')
          .execute(),
        setAside,
      ),
    cancel: async (id) => {
      const { numDeletedRows } = await db
        .deleteFrom('timedResumes')
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    claimDue: async (holder, now, leaseMs) => {
      const leaseTime = databaseTime(engine, clock.now());
      return readRows(
        Row,
        await db
          .updateTable('timedResumes')
          .set({
            claimedBy: holder,
            claimedUntil: sql<number>`${leaseTime} + cast(${leaseMs} as integer)`,
          })
          .where('dueAt', '<=', now)
          .where('claimedUntil', '<=', leaseTime)
          .returningAll()
          .execute(),
        setAside,
      );
    },
    finish: async (id, holder) => {
      const { numDeletedRows } = await db
        .deleteFrom('timedResumes')
        .where('id', '=', id)
        .where('claimedBy', '=', holder)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  }),
});
