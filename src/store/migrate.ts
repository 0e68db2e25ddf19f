import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import { AppError } from '../core/errors.ts';
import { storeError } from './store-error.ts';
import type { Db } from './tables.ts';

/** Rejects where there is no store at all. */
export const appliedNames = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
};

/** Brings the database up to date; several instances may do it at once. Refuses a newer one than this program knows. */
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
