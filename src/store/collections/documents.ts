import { z } from 'zod';
import { otherTurns } from '../../platform/slices.ts';
import type { Documents } from '../../platform/store.ts';
import { defineCollection } from '../define-collection.ts';
import { json, readIfAny, toJson } from '../sql/rows.ts';
import type { Json } from '../sql/tables.ts';

interface DocumentTable {
  account: string;
  name: string;
  value: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly documents: DocumentTable;
  }
}

const Row = z.object({ value: json(z.unknown()) });

export const documents = defineCollection({
  name: 'documents',
  key: ['account', 'name'],
  backUp: true,
  open: (db, { setAside }): Documents => ({
    read: async (account, name) => {
      const row = await db
        .selectFrom('documents')
        .select(['account', 'name', 'value'])
        .where((eb) => eb.and({ account, name }))
        .executeTakeFirst();
      // Of a large fleet both take 10 ms or more: to hand the text over, and to parse it.
      await otherTurns();
      return readIfAny(Row, row, setAside)?.value;
    },
    write: async (account, name, content) => {
      const value = toJson(content);
      await db
        .insertInto('documents')
        .values({ account, name, value })
        .onConflict((conflict) => conflict.columns(['account', 'name']).doUpdateSet({ value }))
        .execute();
    },
  }),
});
