import { z } from 'zod';
import type { Maintenance } from '../../features/silence/store.ts';
import { defineCollection } from '../define-collection.ts';
import { ActorColumn, conversationColumns, keyOf, readRows, toJson } from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface MaintenanceTable extends ConversationColumns {
  id: string;
  filter: string;
  from: number;
  until: number;
  by: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly maintenance: MaintenanceTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  filter: z.string(),
  from: z.number(),
  until: z.number(),
  by: ActorColumn,
});

export const maintenance = defineCollection({
  name: 'maintenance',
  key: ['id'],
  backUp: true,
  prune: (db, { now }) => db.deleteFrom('maintenance').where('until', '<=', now).execute(),
  open: (db, { setAside }): Maintenance => ({
    add: async ({ id, filter, from, until, by, ...conversation }) => {
      await db
        .insertInto('maintenance')
        .values({ ...keyOf(conversation), id, filter, from, until, by: toJson(by) })
        .execute();
    },
    remove: async (id) => {
      const { numDeletedRows } = await db
        .deleteFrom('maintenance')
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    list: async (account, now) =>
      readRows(
        Row,
        await db
          .selectFrom('maintenance')
          .selectAll()
          .where('account', '=', account)
          .where('until', '>', now)
          .orderBy('from')
          .execute(),
        setAside,
      ),
  }),
});
