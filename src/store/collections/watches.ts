import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { WatchRule } from '../../features/watches/domain/watch.ts';
import type { StoredWatch, Watches } from '../../features/watches/store.ts';
import { defineCollection } from '../define-collection.ts';
import {
  ActorColumn,
  atomically,
  conversationColumns,
  json,
  keyOf,
  readIfAny,
  readRow,
  readRows,
  type SetAside,
  toJson,
} from '../sql/rows.ts';
import type { ConversationColumns, Db, Json } from '../sql/tables.ts';
import { numberingTable, takeNumbers } from './numbering.ts';

interface WatchTable extends ConversationColumns {
  id: string;
  number: number;
  filter: string;
  rule: Json;
  madeBy: Json;
  createdAt: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly watches: WatchTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  number: z.number(),
  filter: z.string(),
  rule: json(z.unknown()),
  madeBy: ActorColumn,
  createdAt: z.number(),
});

/** A watch whose rule cannot be read raises no alert, but is listed, so that people can end it. */
const readWatches = (rows: readonly object[], setAside: SetAside): readonly StoredWatch[] => {
  const watches = readRows(Row, rows, setAside);
  for (const watch of watches) if (!WatchRule.safeParse(watch.rule).success) setAside(watch);
  return watches;
};

const forgetStates = (db: Db, watchId: string): Promise<unknown> =>
  db.deleteFrom('alertStates').where('watchId', '=', watchId).execute();

export const watches = defineCollection({
  name: 'watches',
  key: ['id'],
  besides: { numbering: numberingTable },
  backUp: true,
  open: (db, { setAside }): Watches => ({
    add: (draft) =>
      atomically(db, async (tx) => {
        const row = {
          ...keyOf(draft),
          id: randomUUID(),
          number: await takeNumbers(tx, draft, 'watch', 1),
          filter: draft.filter,
          rule: toJson(draft.rule),
          madeBy: toJson(draft.madeBy),
          createdAt: draft.createdAt,
        };
        await tx.insertInto('watches').values(row).execute();
        return readRow(Row, row);
      }),
    find: async (id) =>
      readIfAny(
        Row,
        await db.selectFrom('watches').selectAll().where('id', '=', id).executeTakeFirst(),
        setAside,
      ),
    list: async (conversation) =>
      readWatches(
        await db
          .selectFrom('watches')
          .selectAll()
          .where((eb) => eb.and(keyOf(conversation)))
          .orderBy('number')
          .execute(),
        setAside,
      ),
    all: async (account) =>
      readWatches(
        await db
          .selectFrom('watches')
          .selectAll()
          .where('account', '=', account)
          .orderBy('conversationKey')
          .orderBy('number')
          .execute(),
        setAside,
      ),
    change: (id, terms) =>
      atomically(db, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('watches')
          .set({
            filter: terms.filter,
            rule: toJson(terms.rule),
          })
          .where('id', '=', id)
          .executeTakeFirst();
        await forgetStates(tx, id);
        return numUpdatedRows > 0n;
      }),
    remove: (conversation, number) =>
      atomically(db, async (tx) => {
        const row = await tx
          .deleteFrom('watches')
          .where((eb) => eb.and({ ...keyOf(conversation), number }))
          .returningAll()
          .executeTakeFirst();
        if (row !== undefined) await forgetStates(tx, row.id);
        return readIfAny(Row, row, setAside);
      }),
  }),
});
