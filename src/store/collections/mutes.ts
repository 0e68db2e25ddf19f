import { z } from 'zod';
import type { Mutes } from '../../features/silence/store.ts';
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
  agentId: z.string(),
  until: z.number(),
  by: ActorColumn,
});

export const createMutes = (db: Db, setAside: SetAside): Mutes => ({
  set: async ({ agentId, until, by, ...conversation }) => {
    await db
      .insertInto('mutes')
      .values({ ...keyOf(conversation), agentId, until, by: toJson(by) })
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'conversationKey', 'agentId'])
          .doUpdateSet({ until, by: toJson(by) }),
      )
      .execute();
  },
  remove: async (conversation, agentId) => {
    const { numDeletedRows } = await db
      .deleteFrom('mutes')
      .where((eb) => eb.and({ ...keyOf(conversation), agentId }))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  },
  active: async (account, now) =>
    readRows(
      Row,
      await db
        .selectFrom('mutes')
        .selectAll()
        .where('account', '=', account)
        .where('until', '>', now)
        .orderBy('until')
        .execute(),
      setAside,
    ),
});
