import { z } from 'zod';
import type { Documents } from '../../platform/store.ts';
import { json, readIfAny, type SetAside, toJson } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

const Row = z.object({ value: json(z.unknown()) });

export const createDocuments = (db: Db, setAside: SetAside): Documents => ({
  read: async (account, name) => {
    const row = await db
      .selectFrom('documents')
      .select('value')
      .where((eb) => eb.and({ account, name }))
      .executeTakeFirst();
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
});
