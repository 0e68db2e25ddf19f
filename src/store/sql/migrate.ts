import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { storeError } from './errors.ts';
import { watching } from './migrations/0001-watching.ts';
import { sending } from './migrations/0002-sending.ts';
import { remembering } from './migrations/0003-remembering.ts';
import { monitoring } from './migrations/0004-monitoring.ts';
import { auditing } from './migrations/0005-auditing.ts';
import { correlating } from './migrations/0006-correlating.ts';
import { sharing } from './migrations/0007-sharing.ts';
import type { Engine } from './migrations/columns.ts';
import type { Db } from './tables.ts';

/** Rejects where no bot has ever opened the database. */
export const appliedNames = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
};

/** Several instances may do it at once. Refuses a database that a newer version has migrated. */
export const migrate = async (
  db: Db,
  known: Readonly<Record<string, Migration>>,
): Promise<void> => {
  const provider = { getMigrations: async () => ({ ...known }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return;
  const failure = storeError(error);
  if (failure.code === 'store-down' && (await appliedNames(db)).some((name) => !(name in known))) {
    throw new AppError(
      'store-down',
      'the database was made by a newer version of the bot: start that version, or use another database',
    );
  }
  throw failure;
};

/** In the order of their names. A released migration is never changed, because databases have applied it: add another. */
export const migrations = (engine: Engine): Readonly<Record<string, Migration>> => ({
  '0001-watching': { up: watching(engine) },
  '0002-sending': { up: sending(engine) },
  '0003-remembering': { up: remembering(engine) },
  '0004-monitoring': { up: monitoring },
  '0005-auditing': { up: auditing },
  '0006-correlating': { up: correlating },
  '0007-sharing': { up: sharing },
});
