import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type RawBuilder, sql } from 'kysely';
import type { AuditCheck } from '../../features/audit/store.ts';
import { AppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { verifyChain } from '../collections/audit-log.ts';
import { connectUpToDate } from '../sql/connect.ts';
import { databaseTime } from '../sql/database-time.ts';
import { migrations } from '../sql/migrate.ts';
import type { Engine } from '../sql/migrations/columns.ts';
import { rowsPerStatement } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';
import { End, Head, Line, tablesBackedUp } from './format.ts';

interface Options {
  readonly url: string;
  readonly log: Logger;
  /** ms since 1970 */
  readonly now: number;
  /** Whether to replace what the database holds. */
  readonly replace: boolean;
}

export interface Restored {
  readonly rows: number;
  readonly audit: AuditCheck;
  /** Whether the file shows that it is as it was written; those of older versions do not. */
  readonly unchanged: boolean;
}

/**
 * The backup may come from the other engine. Restores all of it or nothing; rejects with AppError, also when
 * the file was changed since it was written.
 */
export const restore = async (
  { url, log, now, replace }: Options,
  lines: AsyncIterable<string>,
): Promise<Restored> => {
  const { db, engine, close } = await connectUpToDate({ url, log });
  try {
    return await db.transaction().execute(async (tx) => {
      await refuseWhileUsed(tx, databaseTime(engine, now));
      if (!replace) await refuseUnlessEmpty(tx);
      for (const { name } of tablesBackedUp) await sql`delete from ${sql.table(name)}`.execute(tx);
      const { rows, sha256, audit: then } = await insertAll(tx, engine, lines);
      if (engine === 'postgres') await goOnNumbering(tx);
      const audit = await verifyChain(tx);
      if (then !== undefined && !isDeepStrictEqual(audit, then)) throw edited();
      return { rows, audit, unchanged: sha256 !== undefined };
    });
  } finally {
    await close();
  }
};

const refuseWhileUsed = async (db: Db, now: RawBuilder<number>): Promise<void> => {
  const lease = await db
    .selectFrom('leases')
    .select('name')
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  if (lease !== undefined)
    throw new AppError(
      'bad-input',
      'a bot works on this database: stop it, or wait half a minute if it was killed',
    );
};

const refuseUnlessEmpty = async (db: Db): Promise<void> => {
  for (const { name, neverEmpty } of tablesBackedUp) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0 && neverEmpty !== true)
      throw new AppError('bad-input', 'the database is not empty: --force replaces what it holds');
  }
};

const unreadable = (): AppError =>
  new AppError('bad-input', 'the file is no backup, or not all of one');

const edited = (): AppError =>
  new AppError('bad-input', 'the file was changed after it was written: restore another backup');

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    throw unreadable();
  }
};

/** Takes the lines in their order: the head, the rows, the end. */
const insertAll = async (db: Db, engine: Engine, lines: AsyncIterable<string>): Promise<End> => {
  const digest = createHash('sha256');
  let begun = false;
  let end: End | undefined;
  let rows = 0;
  let batch: Line[] = [];
  const flush = async (): Promise<void> => {
    await insert(db, batch);
    batch = [];
  };
  for await (const text of lines) {
    const json = parsed(text);
    if (end !== undefined) throw unreadable();
    if (!begun) checkHead(json, engine);
    const line = begun ? Line.safeParse(json) : undefined;
    if (line?.success === false) {
      end = End.safeParse(json).data;
      if (end === undefined) throw unreadable();
      continue;
    }
    digest.update(`${text}\n`);
    begun = true;
    if (line === undefined) continue;
    if (!fits(batch, line.data)) await flush();
    batch.push(line.data);
    rows += 1;
  }
  await flush();
  if (end?.rows !== rows) throw unreadable();
  if (end.sha256 !== undefined && end.sha256 !== digest.digest('hex')) throw edited();
  return end;
};

/** A statement takes rows of one table. */
const fits = (batch: readonly Line[], { table }: Line): boolean =>
  batch.length < rowsPerStatement && (batch[0] === undefined || batch[0].table === table);

/** So many migrations has the oldest version whose rows fit: the later ones only add tables and columns. */
const oldestRestored = 6;

const checkHead = (json: unknown, engine: Engine): void => {
  const head = Head.safeParse(json);
  if (!head.success) throw unreadable();
  const known = Object.keys(migrations(engine));
  const { schema } = head.data;
  const isKnown = schema.length >= oldestRestored && schema.every((name, at) => name === known[at]);
  if (!isKnown)
    throw new AppError(
      'bad-input',
      'the backup is that of another version of the bot: restore it with that version',
    );
};

/** All lines are of one table. */
const insert = async (db: Db, lines: readonly Line[]): Promise<void> => {
  const [first] = lines;
  if (first === undefined) return;
  const columns = Object.keys(first.row);
  const values = lines.map(
    ({ row }) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`,
  );
  await sql`
    insert into ${sql.table(first.table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}
  `.execute(db);
};

/** SQLite goes on from the highest number in a table; PostgreSQL ignores numbers that it did not give out itself. */
const goOnNumbering = async (db: Db): Promise<void> => {
  for (const { name, numbered } of tablesBackedUp)
    if (numbered !== undefined)
      await sql`
        select setval(pg_get_serial_sequence(${inDatabase(name)}, ${inDatabase(numbered)}),
          (select coalesce(max(${sql.ref(numbered)}), 0) + 1 from ${sql.table(name)}), false)
      `.execute(db);
};

/** Kysely translates names, but not those inside a text. */
const inDatabase = (name: string): string =>
  name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
