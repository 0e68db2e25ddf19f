import { sql, type Transaction } from 'kysely';
import { AppError, asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { StoredTable } from '../define-collection.ts';
import { type Connection, connect } from '../sql/connect.ts';
import { isMissing } from '../sql/database-url.ts';
import { appliedNames, migrations } from '../sql/migrate.ts';
import type { Tables } from '../sql/tables.ts';
import { type End, type Head, type Line, tablesBackedUp } from './format.ts';

interface Options {
  readonly url: string;
  readonly log: Logger;
}

const pageSize = 500;

/**
 * Writes lines of JSON that show the database at one moment, so that running bots need not stop. Changes
 * nothing. Resolves with the number of rows; rejects with AppError.
 */
export const backUp = async (
  { url, log }: Options,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<number> => {
  if (isMissing(url)) throw new AppError('store-down', 'there is no such database file');
  const connection = await connect(url, log);
  try {
    const head = await headOf(connection);
    return await connection.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await write([JSON.stringify(head)]);
        let rows = 0;
        for (const table of tablesBackedUp) rows += await writeTable(tx, table, write);
        await write([JSON.stringify({ rows } satisfies End)]);
        return rows;
      });
  } finally {
    await connection.close();
  }
};

const headOf = async ({ db, engine }: Connection): Promise<Head> => {
  const schema = Object.keys(migrations(engine));
  const applied = await appliedNames(db.withoutPlugins()).catch(noStore);
  if (applied.length !== schema.length || schema.some((name) => !applied.includes(name)))
    throw new AppError(
      'bad-input',
      'the database is that of another version of the bot: use that version for its backup',
    );
  return { format: 'pingplotter-teams-bot backup', version: 1, schema };
};

/** A database without the bot's tables refuses the statement; one that is out of reach fails otherwise. */
const noStore = (error: unknown): readonly string[] => {
  if (asAppError(error).code === 'internal') return [];
  throw error;
};

const writeTable = async (
  tx: Transaction<Tables>,
  { name: table, key }: StoredTable,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<number> => {
  const order = sql.join(key.map((column) => sql.ref(column)));
  for (let written = 0; ; ) {
    const { rows } = await sql<Line['row']>`
      select * from ${sql.table(table)} order by ${order} limit ${pageSize} offset ${written}
    `.execute(tx);
    await write(rows.map((row) => JSON.stringify({ table, row } satisfies Line)));
    written += rows.length;
    if (rows.length < pageSize) return written;
  }
};
