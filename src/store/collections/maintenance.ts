import { z } from 'zod';
import type { Maintenance } from '../../features/silence/store.ts';
import {
  ActorColumn,
  conversationColumns,
  keyOf,
  readRows,
  type SetAside,
  toJson,
} from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  filter: z.string(),
  from: z.number(),
  until: z.number(),
  by: ActorColumn,
});

export const createMaintenance = (db: Db, setAside: SetAside): Maintenance => ({
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
});
