import { CompiledQuery } from 'kysely';
import type { Engine } from './migrations/columns.ts';
import { inStatements } from './rows.ts';
import type { Db, Tables } from './tables.ts';

type TableName = keyof Tables & string;
type Column<T extends TableName> = keyof Tables[T] & string;

/** An insert of many rows at once. */
export interface InsertOfRows<T extends TableName> {
  readonly into: T;
  readonly columns: readonly Column<T>[];
  /** For rows that are there already. Without it such a row is refused. */
  readonly conflict?: {
    readonly key: readonly Column<T>[];
    /** Takes these columns from the new row. */
    readonly set: readonly Column<T>[];
    /** Leaves a row alone that has the same in this column. */
    readonly unlessSame?: Column<T>;
  };
}

/** The values of a row by its columns. */
type RowOf<T extends TableName> = { readonly [C in Column<T>]?: Tables[T][C] };

/**
 * The query builder needs several times as long for a row as the database: its tree of a statement with thousands
 * of values is made, renamed and written out each time. These texts are made once, and SQLite keeps a statement of
 * full size prepared (see `repeated`). A row is made when it is written: all rows at once would take long.
 */
export const rowInserter = <T extends TableName>(insert: InsertOfRows<T>) => {
  const full = new Map<Engine, string>();
  const textOf = (engine: Engine, rows: number): string => {
    if (rows < rowsOf[engine]) return textFor(engine, insert, rows);
    const text = full.get(engine) ?? `${repeated}${textFor(engine, insert, rows)}`;
    full.set(engine, text);
    return text;
  };
  return <Item>(
    { db, engine }: { readonly db: Db; readonly engine: Engine },
    items: readonly Item[],
    toRow: (item: Item) => RowOf<T>,
  ): Promise<void> =>
    inStatements(
      items,
      (some) => {
        const values: unknown[] = [];
        for (const item of some) {
          const row = toRow(item);
          for (const column of insert.columns) values.push(row[column] ?? null);
        }
        return db.executeQuery(CompiledQuery.raw(textOf(engine, some.length), values));
      },
      rowsOf[engine],
    );
};

/** A statement that begins like this comes often: SQLite is not to prepare it each time, which takes as long as its rows. */
export const repeated = '/* repeated */ ';

/** SQLite gains nothing by more; for PostgreSQL each statement is a round trip, with at most 65,535 values. */
const rowsOf: Readonly<Record<Engine, number>> = { sqlite: 100, postgres: 500 };

const textFor = <T extends TableName>(
  engine: Engine,
  { into, columns, conflict }: InsertOfRows<T>,
  rows: number,
): string => {
  let place = 0;
  const value = (): string => {
    place += 1;
    return engine === 'sqlite' ? '?' : `$${place}`;
  };
  const tuples = Array.from({ length: rows }, () => `(${columns.map(value).join(', ')})`);
  const text = `insert into ${named(into)} (${columns.map(named).join(', ')}) values ${tuples.join(', ')}`;
  if (conflict === undefined) return text;
  const { key, set, unlessSame } = conflict;
  const sets = set.map((column) => `${named(column)} = excluded.${named(column)}`);
  const only =
    unlessSame === undefined
      ? ''
      : ` where ${named(into)}.${named(unlessSame)} <> excluded.${named(unlessSame)}`;
  return `${text} on conflict (${key.map(named).join(', ')}) do update set ${sets.join(', ')}${only}`;
};

/** As the database spells it. */
const named = (name: string): string =>
  `"${name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)}"`;
