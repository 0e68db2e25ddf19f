import { z } from 'zod';
import type { SavedFilters } from '../../features/fleet/store.ts';
import { fold } from '../../shared/fold.ts';
import { defineCollection } from '../define-collection.ts';
import { ActorColumn, conversationColumns, keyOf, readRows, toJson } from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface SavedFilterTable extends ConversationColumns {
  /** Folded: by it a name is found, however it is written. */
  sameName: string;
  id: string;
  name: string;
  filter: string;
  by: Json;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly savedFilters: SavedFilterTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  name: z.string(),
  filter: z.string(),
  by: ActorColumn,
  at: z.number(),
});

const key = ['account', 'conversationKey', 'sameName'] as const;

export const savedFilters = defineCollection({
  name: 'savedFilters',
  key,
  backUp: true,
  open: (db, { setAside }): SavedFilters => ({
    save: async ({ id, name, filter, by, at, ...conversation }) => {
      const change = { id, name, filter, by: toJson(by), at };
      await db
        .insertInto('savedFilters')
        .values({ ...keyOf(conversation), sameName: fold(name), ...change })
        .onConflict((conflict) => conflict.columns(key).doUpdateSet(change))
        .execute();
    },
    list: async (conversation) =>
      readRows(
        Row,
        await db
          .selectFrom('savedFilters')
          .selectAll()
          .where((eb) => eb.and(keyOf(conversation)))
          .orderBy('sameName')
          .execute(),
        setAside,
      ),
    remove: async (conversation, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('savedFilters')
        .where((eb) => eb.and({ ...keyOf(conversation), id }))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  }),
});
