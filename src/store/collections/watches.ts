import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { WatchRule } from '../../features/watches/domain/watch.ts';
import type { StoredWatch, Watches } from '../../features/watches/store.ts';
import { defineCollection } from '../define-collection.ts';
import type { Engine } from '../sql/migrations/columns.ts';
import {
  ActorColumn,
  atomically,
  conversationColumns,
  json,
  keyOf,
  readIfAny,
  readRow,
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

const Plain = z.object({
  ...conversationColumns,
  id: z.string(),
  number: z.number(),
  filter: z.string(),
  createdAt: z.number(),
});

const Row = Plain.extend({ rule: json(z.unknown()), madeBy: ActorColumn });
const Rule = Row.pick({ rule: true });
const MadeBy = Row.pick({ madeBy: true });

const nobody = { id: '', name: '' };
const ignore = (): void => {};

/**
 * A watch of which a part cannot be read is counted and stays, so that it does not pass for ended: without
 * a rule that means something it raises nothing, without its maker it goes on.
 */
const readWatch = (row: object | undefined, setAside: SetAside): StoredWatch | undefined => {
  const watch = readIfAny(Row, row, setAside);
  if (row === undefined) return undefined;
  if (watch !== undefined) {
    if (!WatchRule.safeParse(watch.rule).success) setAside(row);
    return watch;
  }
  const plain = readIfAny(Plain, row, ignore);
  return (
    plain && {
      ...plain,
      rule: readIfAny(Rule, row, ignore)?.rule,
      madeBy: readIfAny(MadeBy, row, ignore)?.madeBy ?? nobody,
    }
  );
};

const readWatches = (rows: readonly object[], setAside: SetAside): readonly StoredWatch[] =>
  rows.flatMap((row) => readWatch(row, setAside) ?? []);

/**
 * In a transaction PostgreSQL locks them, so that none ends or changes before what follows from it is stored:
 * a poll would open again what the end of its watch has closed. SQLite has one writer at a time.
 */
const locking = (db: Db, engine: Engine): boolean => db.isTransaction && engine === 'postgres';

const forgetStates = (db: Db, watchId: string): Promise<unknown> =>
  db.deleteFrom('alertStates').where('watchId', '=', watchId).execute();

export const watches = defineCollection({
  name: 'watches',
  key: ['id'],
  besides: { numbering: numberingTable },
  backUp: true,
  open: (db, { engine, setAside }): Watches => ({
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
      readWatch(
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
          .$if(locking(db, engine), (query) => query.forShare())
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
        return readWatch(row, setAside);
      }),
  }),
});
