import { sql } from 'kysely';
import { z } from 'zod';
import type { TimedResume, TimedResumes } from '../../features/changes/store.ts';
import { optional } from '../../shared/optional.ts';
import { defineCollection } from '../define-collection.ts';
import { databaseTime } from '../sql/database-time.ts';
import {
  ActorColumn,
  conversationColumns,
  grouped,
  inStatements,
  json,
  keyOf,
  readRows,
  toJson,
} from '../sql/rows.ts';
import type { ConversationColumns, Db, Json } from '../sql/tables.ts';

interface TimedResumeTable extends ConversationColumns {
  id: string;
  agentId: string;
  sessions: Json;
  dueAt: number;
  by: Json;
  scheduleId: string | null;
  claimedBy: string | null;
  claimedUntil: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly timedResumes: TimedResumeTable;
  }
}

const Row = z
  .object({
    ...conversationColumns,
    id: z.string(),
    agentId: z.string(),
    sessions: json(z.array(z.string())),
    dueAt: z.number(),
    by: ActorColumn,
    scheduleId: z.string().exactOptional(),
  })
  .transform(
    ({ scheduleId, ...row }): TimedResume => ({ ...row, ...optional('schedule', scheduleId) }),
  );

const rowOf = ({ id, agentId, sessions, dueAt, by, schedule, ...conversation }: TimedResume) => ({
  ...keyOf(conversation),
  id,
  agentId,
  sessions: toJson(sessions),
  dueAt,
  by: toJson(by),
  scheduleId: schedule ?? null,
  claimedUntil: 0,
});

const ofAgents = (db: Db, account: string, agents: readonly string[]) =>
  db
    .selectFrom('timedResumes')
    .selectAll()
    .where('account', '=', account)
    .where('agentId', 'in', agents)
    .orderBy('dueAt');

export const timedResumes = defineCollection({
  name: 'timedResumes',
  key: ['id'],
  backUp: true,
  open: (db, { engine, clock, setAside }): TimedResumes => ({
    add: async (resume) => {
      await db.insertInto('timedResumes').values(rowOf(resume)).execute();
    },
    addAll: (resumes) =>
      inStatements(resumes.map(rowOf), (some) =>
        db.insertInto('timedResumes').values(some).execute(),
      ),
    ofSchedule: async (schedule) =>
      readRows(
        Row,
        await db
          .selectFrom('timedResumes')
          .selectAll()
          .where('scheduleId', '=', schedule)
          .orderBy('id')
          .execute(),
        setAside,
      ),
    countBySchedule: async (account) => {
      const rows = await db
        .selectFrom('timedResumes')
        .select(({ fn, ref }) => [
          ref('scheduleId').$notNull().as('schedule'),
          fn.countAll<number | string>().as('agents'),
        ])
        .where('account', '=', account)
        .where('scheduleId', 'is not', null)
        .groupBy('scheduleId')
        .execute();
      return new Map(rows.map(({ schedule, agents }) => [schedule, Number(agents)]));
    },
    cancelOfSchedule: async (schedule) =>
      readRows(
        Row,
        await db
          .deleteFrom('timedResumes')
          .where('scheduleId', '=', schedule)
          .returningAll()
          .execute(),
        setAside,
      ),
    forAgent: async (account, agentId) =>
      readRows(Row, await ofAgents(db, account, [agentId]).execute(), setAside),
    forAgents: async (account, agents) => {
      const found: TimedResume[] = [];
      await inStatements(agents, async (some) => {
        found.push(...readRows(Row, await ofAgents(db, account, some).execute(), setAside));
      });
      return new Map(grouped(found, ({ agentId }) => agentId));
    },
    all: async (account) =>
      readRows(
        Row,
        await db
          .selectFrom('timedResumes')
          .selectAll()
          .where('account', '=', account)
          .orderBy('id')
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
          .where('scheduleId', 'is', null)
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
