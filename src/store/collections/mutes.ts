import { z } from 'zod';
import type { Mutes } from '../../features/silence/store.ts';
import { defineCollection } from '../define-collection.ts';
import { ActorColumn, conversationColumns, keyOf, readRows, toJson } from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface MuteTable extends ConversationColumns {
  agentId: string;
  until: number;
  by: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly mutes: MuteTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  agentId: z.string(),
  until: z.number(),
  by: ActorColumn,
});

export const mutes = defineCollection({
  name: 'mutes',
  key: ['account', 'conversationKey', 'agentId'],
  backUp: true,
  prune: (db, { now }) => db.deleteFrom('mutes').where('until', '<=', now).execute(),
  open: (db, { setAside }): Mutes => ({
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
  }),
});
