import { z } from 'zod';
import type { AccountChoices } from '../../features/accounts/store.ts';
import { defineCollection } from '../define-collection.ts';
import { ActorColumn, conversationColumns, readRows, toJson } from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';

interface AccountChoiceTable extends ConversationColumns {
  by: Json;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly accountChoices: AccountChoiceTable;
  }
}

const Row = z.object({ ...conversationColumns, by: ActorColumn, at: z.number() });

export const accountChoices = defineCollection({
  name: 'accountChoices',
  key: ['conversationKey'],
  backUp: true,
  open: (db, { setAside }): AccountChoices => ({
    set: async ({ account, conversationKey, by, at }) => {
      const change = { account, by: toJson(by), at };
      await db
        .insertInto('accountChoices')
        .values({ conversationKey, ...change })
        .onConflict((conflict) => conflict.column('conversationKey').doUpdateSet(change))
        .execute();
    },
    find: async (conversationKey) => {
      const rows = await db
        .selectFrom('accountChoices')
        .selectAll()
        .where('conversationKey', '=', conversationKey)
        .execute();
      return readRows(Row, rows, setAside)[0];
    },
  }),
});
