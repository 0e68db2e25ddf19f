import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Conversation } from '../../platform/conversation.ts';
import { AppError } from '../../platform/errors.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { Db } from './tables.ts';

/** Reads a column that holds JSON. */
export const json = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

export const ActorColumn = json(z.object({ id: z.string(), name: z.string() }));

export const conversationColumns = { account: z.string(), conversationKey: z.string() };

/** NULL becomes a property that is left out. */
export const readRow = <T>(schema: z.ZodType<T>, row: object): T => {
  try {
    return schema.parse(
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    );
  } catch {
    throw new AppError('internal', 'a stored row cannot be read');
  }
};

/** Notes a row that cannot be read, so that it is counted and the others go on without it. */
export type SetAside = (row: object) => void;

/** A row that cannot be read counts as missing, and is set aside. */
export const readIfAny = <T>(
  schema: z.ZodType<T>,
  row: object | undefined,
  setAside: SetAside,
): T | undefined => {
  if (row === undefined) return undefined;
  try {
    return readRow(schema, row);
  } catch {
    setAside(row);
    return undefined;
  }
};

/** A row that cannot be read is set aside, because it must not hide the others. */
export const readRows = <T>(
  schema: z.ZodType<T>,
  rows: readonly object[],
  setAside: SetAside,
): readonly T[] =>
  rows.flatMap((row) => {
    const read = readIfAny(schema, row, setAside);
    return read === undefined ? [] : [read];
  });

export const toJson = (value: unknown): string => JSON.stringify(value ?? null);

export const toJsonIfAny = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);

export const keyOf = ({ account, conversationKey }: Conversation): Conversation => ({
  account,
  conversationKey,
});

/** A statement of 500 rows is fast and stays below both databases' limits of parameters (speed page, Store). */
export const rowsPerStatement = 500;

export const inStatements = async <T>(
  rows: readonly T[],
  write: (some: readonly T[]) => Promise<unknown>,
  atOnce = rowsPerStatement,
): Promise<void> => {
  for (let start = 0; start < rows.length; start += atOnce) {
    // libsql works inside the process, so nothing else runs during a statement.
    if (start > 0) await setImmediate();
    await write(rows.slice(start, start + atOnce));
  }
};

/** Joins the transaction that is open, because transactions are never nested, or else opens one. */
export const atomically = <T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().execute(work);

/** Sorted by key, so that all writers lock rows in the same order; each group stays in the order it came. */
export const grouped = <K extends string | number, V>(
  values: readonly V[],
  keyOf: (value: V) => K,
): readonly (readonly [K, readonly V[]])[] =>
  [...groupBy(values, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
