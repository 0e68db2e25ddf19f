import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  type Schedule,
  type ScheduleState,
  ScheduleSubject,
  schedulePhases,
  scheduleTroubles,
} from '../../features/schedules/domain/schedule.ts';
import { ScheduleTimes } from '../../features/schedules/domain/times.ts';
import type { Schedules } from '../../features/schedules/store.ts';
import { optional } from '../../shared/optional.ts';
import { defineCollection } from '../define-collection.ts';
import { databaseTime } from '../sql/database-time.ts';
import {
  ActorColumn,
  atomically,
  conversationColumns,
  json,
  keyOf,
  readIfAny,
  readRow,
  readRows,
  toJson,
} from '../sql/rows.ts';
import type { ConversationColumns, Db, Json } from '../sql/tables.ts';
import { takeNumbers } from './numbering.ts';
import {
  forgetScheduledAgents,
  scheduledAgentsIn,
  scheduledAgentsTable,
} from './scheduled-agents.ts';

interface ScheduleTable extends ConversationColumns {
  id: string;
  number: number;
  subject: Json;
  times: Json;
  by: Json;
  createdAt: number;
  phase: string;
  dueAt: number;
  windowFrom: number | null;
  windowUntil: number | null;
  skip: number | null;
  trouble: string | null;
  endedAt: number | null;
  claimedBy: string | null;
  claimedUntil: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly schedules: ScheduleTable;
  }
}

const Row = z
  .object({
    ...conversationColumns,
    id: z.string(),
    number: z.number(),
    subject: json(ScheduleSubject),
    times: json(ScheduleTimes),
    by: ActorColumn,
    createdAt: z.number(),
    phase: z.enum(schedulePhases),
    dueAt: z.number(),
    windowFrom: z.number().exactOptional(),
    windowUntil: z.number().exactOptional(),
    skip: z.number().exactOptional(),
    trouble: z.enum(scheduleTroubles).exactOptional(),
    endedAt: z.number().exactOptional(),
  })
  .transform(
    ({ windowFrom: from, windowUntil: until, ...row }): Schedule => ({
      ...row,
      ...optional(
        'window',
        from === undefined || until === undefined ? undefined : { from, until },
      ),
    }),
  );

const stateColumns = ({ phase, dueAt, window, trouble }: ScheduleState) => ({
  phase,
  dueAt,
  windowFrom: window?.from ?? null,
  windowUntil: window?.until ?? null,
  trouble: trouble ?? null,
});

/** Nobody asks for what an ended one left paused so long after. */
const leftForMs = 7 * 24 * 60 * 60_000;

const prune = (db: Db, now: number): Promise<unknown> =>
  atomically(db, async (tx) => {
    const ended = await tx
      .deleteFrom('schedules')
      .where('phase', '=', 'ended')
      .where('endedAt', '<', now - leftForMs)
      .returning('id')
      .execute();
    for (const { id } of ended) await forgetScheduledAgents(tx, id);
  });

export const schedules = defineCollection({
  name: 'schedules',
  key: ['id'],
  besides: { scheduledAgents: scheduledAgentsTable },
  backUp: true,
  prune: (db, { now }) => prune(db, now),
  open: (db, { engine, clock, setAside }): Schedules => {
    const live = db.selectFrom('schedules').selectAll().where('endedAt', 'is', null);
    const claimed = (forMs: number) => ({
      claimedUntil: sql<number>`${databaseTime(engine, clock.now())} + cast(${forMs} as integer)`,
    });
    const change = async (
      id: string,
      set: Partial<Omit<ScheduleTable, 'claimedUntil'>>,
    ): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('schedules')
        .set(set)
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    };
    return {
      ...scheduledAgentsIn(db, setAside),
      add: (draft) =>
        atomically(db, async (tx) => {
          const row = {
            ...keyOf(draft),
            id: randomUUID(),
            number: await takeNumbers(tx, draft, 'schedule', 1),
            subject: toJson(draft.subject),
            times: toJson(draft.times),
            by: toJson(draft.by),
            createdAt: draft.createdAt,
            phase: 'waiting',
            dueAt: draft.dueAt,
            claimedUntil: 0,
          };
          await tx.insertInto('schedules').values(row).execute();
          return readRow(Row, row);
        }),
      find: async (id) =>
        readIfAny(
          Row,
          await db.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirst(),
          setAside,
        ),
      list: async (conversation) =>
        readRows(
          Row,
          await live
            .where((eb) => eb.and(keyOf(conversation)))
            .orderBy('number')
            .execute(),
          setAside,
        ),
      all: async (account) =>
        readRows(
          Row,
          await live
            .where('account', '=', account)
            .orderBy('conversationKey')
            .orderBy('number')
            .execute(),
          setAside,
        ),
      waiting: async () =>
        readRows(Row, await live.where('phase', 'in', ['waiting', 'paused']).execute(), setAside),
      skip: (id, from) => change(id, { skip: from ?? null }),
      end: (id, at) => change(id, { phase: 'ended', endedAt: at, claimedBy: null }),
      remove: async (id) => {
        await atomically(db, async (tx) => {
          await tx.deleteFrom('schedules').where('id', '=', id).execute();
          await forgetScheduledAgents(tx, id);
        });
      },
      claimDue: async (holder, now, leaseMs) =>
        readRows(
          Row,
          await db
            .updateTable('schedules')
            .set({ claimedBy: holder, ...claimed(leaseMs) })
            .where('dueAt', '<=', now)
            .where('phase', '<>', 'ended')
            .where('claimedUntil', '<=', databaseTime(engine, clock.now()))
            .returningAll()
            .execute(),
          setAside,
        ),
      extend: async (id, holder, leaseMs) => {
        const { numUpdatedRows } = await db
          .updateTable('schedules')
          .set(claimed(leaseMs))
          .where((eb) => eb.and({ id, claimedBy: holder }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
      advance: async (id, holder, state, stays = false) => {
        const { numUpdatedRows } = await db
          .updateTable('schedules')
          .set({ ...stateColumns(state), ...(stays ? {} : { claimedUntil: 0 }) })
          .where((eb) => eb.and({ id, claimedBy: holder }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
      moveTo: async (id, dueAt) => {
        await db
          .updateTable('schedules')
          .set({ dueAt })
          .where('id', '=', id)
          .where('claimedUntil', '<=', databaseTime(engine, clock.now()))
          .execute();
      },
      resume: async (id, dueAt) => {
        const { numUpdatedRows } = await db
          .updateTable('schedules')
          .set({ phase: 'resuming', dueAt, claimedUntil: 0 })
          .where((eb) => eb.and({ id, phase: 'ended' }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    };
  },
});
