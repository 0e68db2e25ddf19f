import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { readChain } from '../collections/audit-log.ts';
import type { StoredTable } from '../define-collection.ts';
import { type Connection, connect } from '../sql/connect.ts';
import { isMissing } from '../sql/database-url.ts';
import { migrations, namesIfAny } from '../sql/migrate.ts';
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
        const digest = createHash('sha256');
        const put = async (lines: readonly string[]): Promise<void> => {
          for (const line of lines) digest.update(`${line}\n`);
          await write(lines);
        };
        await put([JSON.stringify(head)]);
        const audit = await readChain(tx);
        let rows = 0;
        for (const table of tablesBackedUp) rows += await writeTable(tx, table, put);
        await write([JSON.stringify({ rows, sha256: digest.digest('hex'), audit } satisfies End)]);
        return rows;
      });
  } finally {
    await connection.close();
  }
};

const headOf = async ({ db, engine }: Connection): Promise<Head> => {
  const schema = Object.keys(migrations(engine));
  const applied = await namesIfAny(db.withoutPlugins());
  if (applied.length !== schema.length || schema.some((name) => !applied.includes(name)))
    throw new AppError(
      'bad-input',
      'the database is that of another version of the bot: use that version for its backup',
    );
  return { format: 'pingplotter-teams-bot backup', version: 1, schema };
};

/** From where the page before ended: to skip what was read would read it again for each page. */
const writeTable = async (
  tx: Transaction<Tables>,
  { name: table, key }: StoredTable,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<number> => {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let written = 0;
  let last: Line['row'] | undefined;
  for (;;) {
    const after =
      last === undefined
        ? sql``
        : sql`where (${columns}) > (${sql.join(key.map((column) => last?.[column] ?? null))})`;
    const { rows } = await sql<Line['row']>`
      select * from ${sql.table(table)} ${after} order by ${columns} limit ${pageSize}
    `.execute(tx);
    await write(rows.map((row) => JSON.stringify({ table, row } satisfies Line)));
    written += rows.length;
    last = rows.at(-1);
    if (rows.length < pageSize) return written;
  }
};
