import { sql } from 'kysely';
import { z } from 'zod';
import {
  keyOfReminder,
  type Reminder,
  type ReminderKey,
} from '../../features/alerting/domain/reminder.ts';
import type { Reminders } from '../../features/alerting/store.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, conversationColumns, inStatements, readIfAny, readRows } from '../sql/rows.ts';
import type { ConversationColumns } from '../sql/tables.ts';
import { showsNoAlert } from './alerts.ts';

interface ReminderTable extends ConversationColumns {
  card: string;
  kind: string;
  round: number;
  next: number;
  dueAt: number | null;
  /** 0 or 1 */
  done: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly reminders: ReminderTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  card: z.string(),
  kind: z.enum(['remind', 'escalate']),
  round: z.number(),
  next: z.number(),
  dueAt: z.number().exactOptional(),
  done: z.number().transform((done) => done !== 0),
});

const columns = ['account', 'conversationKey', 'card', 'kind'] as const;

export const reminders = defineCollection({
  name: 'reminders',
  key: columns,
  backUp: true,
  prune: (db) =>
    db
      .deleteFrom('reminders')
      .where('dueAt', 'is', null)
      .where(showsNoAlert('reminders.card'))
      .execute(),
  open: (db, { setAside }): Reminders => ({
    begin: (given, startsOver) =>
      atomically(db, (tx) =>
        inStatements(given, (some) =>
          tx
            .insertInto('reminders')
            .values(
              some.map(({ dueAt, ...key }) => ({
                ...keyOfReminder(key),
                dueAt,
                round: 1,
                next: 1,
                done: 0,
              })),
            )
            .onConflict((conflict) =>
              conflict
                .columns([...columns])
                .doUpdateSet((eb) => ({
                  dueAt: eb.ref('excluded.dueAt'),
                  round: sql<number>`reminders.round + case when reminders.kind = 'remind' then 1 else 0 end`,
                  next: 1,
                  done: 0,
                }))
                .where((eb) =>
                  startsOver
                    ? eb.or([eb('reminders.kind', '=', 'remind'), eb('reminders.done', '=', 0)])
                    : eb.and([eb('reminders.dueAt', 'is', null), eb('reminders.done', '=', 0)]),
                ),
            )
            .execute(),
        ),
      ),
    due: async (now, limit) =>
      readRows(
        Row,
        await db
          .selectFrom('reminders')
          .selectAll()
          .where('dueAt', '<=', now)
          .orderBy('dueAt')
          .limit(limit)
          .execute(),
        setAside,
      ),
    find: async (key: ReminderKey) =>
      readIfAny(
        Row,
        await db
          .selectFrom('reminders')
          .selectAll()
          .where((eb) => eb.and(keyOfReminder(key)))
          .executeTakeFirst(),
        setAside,
      ),
    replace: async (before: Reminder, after: Reminder | undefined) => {
      const { round, next, dueAt = null } = before;
      if (after === undefined) {
        const { numDeletedRows } = await db
          .deleteFrom('reminders')
          .where((eb) => eb.and({ ...keyOfReminder(before), round, next }))
          .where('dueAt', dueAt === null ? 'is' : '=', dueAt)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }
      const { numUpdatedRows } = await db
        .updateTable('reminders')
        .set({
          round: after.round,
          next: after.next,
          dueAt: after.dueAt ?? null,
          done: after.done ? 1 : 0,
        })
        .where((eb) => eb.and({ ...keyOfReminder(before), round, next }))
        .where('dueAt', dueAt === null ? 'is' : '=', dueAt)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  }),
});
