import { z } from 'zod';
import type { NotifyWishes } from '../../features/connection/store.ts';
import { defineCollection } from '../define-collection.ts';
import {
  conversationColumns,
  json,
  readIfAny,
  readRows,
  toJson,
  toJsonIfAny,
} from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface NotifyWishTable extends ConversationColumns {
  tenantId: string;
  personId: string;
  teamsId: string;
  keys: Json;
  state: Json | null;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly notifyWishes: NotifyWishTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  tenantId: z.string(),
  personId: z.string(),
  teamsId: z.string(),
  keys: json(z.array(z.string())),
  state: json(z.unknown()).exactOptional(),
});

const key = ['account', 'tenantId', 'personId'] as const;

export const notifyWishes = defineCollection({
  name: 'notifyWishes',
  key,
  backUp: true,
  open: (db, { setAside }): NotifyWishes => ({
    set: async ({ account, tenantId, personId, conversationKey, teamsId, keys, state }) => {
      const terms = { conversationKey, teamsId, keys: toJson(keys), state: toJsonIfAny(state) };
      await db
        .insertInto('notifyWishes')
        .values({ account, tenantId, personId, ...terms })
        .onConflict((conflict) => conflict.columns(key).doUpdateSet(terms))
        .execute();
    },
    find: async ({ account, tenantId, personId }) =>
      readIfAny(
        Row,
        await db
          .selectFrom('notifyWishes')
          .selectAll()
          .where((eb) => eb.and({ account, tenantId, personId }))
          .executeTakeFirst(),
        setAside,
      ),
    remove: async ({ account, tenantId, personId }) => {
      const { numDeletedRows } = await db
        .deleteFrom('notifyWishes')
        .where((eb) => eb.and({ account, tenantId, personId }))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    all: async (account) =>
      readRows(
        Row,
        await db
          .selectFrom('notifyWishes')
          .selectAll()
          .where('account', '=', account)
          .orderBy('tenantId')
          .orderBy('personId')
          .execute(),
        setAside,
      ),
    advance: async ({ account, tenantId, personId, state: before }, state) => {
      const { numUpdatedRows } = await db
        .updateTable('notifyWishes')
        .set({ state: toJson(state) })
        .where((eb) => eb.and({ account, tenantId, personId }))
        .where('state', before === undefined ? 'is' : '=', toJsonIfAny(before))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  }),
});
