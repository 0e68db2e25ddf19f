import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import { AppError, asAppError } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { storeError } from './errors.ts';
import { watching } from './migrations/0001-watching.ts';
import { sending } from './migrations/0002-sending.ts';
import { remembering } from './migrations/0003-remembering.ts';
import { monitoring } from './migrations/0004-monitoring.ts';
import { auditing } from './migrations/0005-auditing.ts';
import { correlating } from './migrations/0006-correlating.ts';
import { sharing } from './migrations/0007-sharing.ts';
import { caring } from './migrations/0008-caring.ts';
import { expecting } from './migrations/0009-expecting.ts';
import { reminding } from './migrations/0010-reminding.ts';
import { changing } from './migrations/0012-changing.ts';
import { namingFilters } from './migrations/0013-naming-filters.ts';
import { suppressing } from './migrations/0014-suppressing.ts';
import { pagingAlerts } from './migrations/0015-paging-alerts.ts';
import { bulkChanging } from './migrations/0016-bulk-changing.ts';
import { scheduling } from './migrations/0017-scheduling.ts';
import { choosingAccounts } from './migrations/0019-choosing-accounts.ts';
import { judging } from './migrations/0020-judging.ts';
import { notifyingPeople } from './migrations/0021-notifying-people.ts';
import { rollingUp } from './migrations/0022-rolling-up.ts';
import { packingStates } from './migrations/0023-packing-states.ts';
import { datingSuppressed } from './migrations/0024-dating-suppressed.ts';
import type { Engine } from './migrations/columns.ts';
import type { Db } from './tables.ts';

/** Rejects where no bot has ever opened the database. */
export const appliedNames = async (db: Db, schema?: string): Promise<readonly string[]> => {
  const table =
    schema === undefined
      ? sql.table(DEFAULT_MIGRATION_TABLE)
      : sql.id(schema, DEFAULT_MIGRATION_TABLE);
  const { rows } = await sql<{ name: string }>`select name from ${table}`.execute(db);
  return rows.map(({ name }) => name);
};

/** A database without the bot's tables refuses the statement; one that is out of reach fails otherwise. */
export const namesIfAny = async (db: Db, schema?: string): Promise<readonly string[]> => {
  try {
    return await appliedNames(db, schema);
  } catch (error) {
    if (asAppError(error).code === 'internal') return [];
    throw error;
  }
};

type Migrations = Readonly<Record<string, Migration>>;

/** Whether the database lacks one. Refuses a database that a newer version has migrated. */
export const lags = async (db: Db, known: Migrations, schema?: string): Promise<boolean> => {
  const applied = new Set(await namesIfAny(db, schema));
  if ([...applied].some((name) => !(name in known)))
    throw new AppError(
      'store-down',
      'the database was made by a newer version of the bot: start that version, or use another database',
    );
  return !Object.keys(known).every((name) => applied.has(name));
};

/**
 * Several instances may do it at once. A database that is up to date is not locked for it, since a dump or
 * another instance may have it locked for long.
 */
export const migrate = async (db: Db, known: Migrations, schema?: string): Promise<void> => {
  if (!(await lags(db, known, schema))) return;
  const provider = { getMigrations: async () => ({ ...known }) };
  const migrator = new Migrator({ db, provider, ...optional('migrationTableSchema', schema) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw storeError(error);
};

/** In the order of their names. A released migration is never changed, because databases have applied it: add another. */
export const migrations = (engine: Engine): Migrations => ({
  '0001-watching': { up: watching(engine) },
  '0002-sending': { up: sending(engine) },
  '0003-remembering': { up: remembering(engine) },
  '0004-monitoring': { up: monitoring },
  '0005-auditing': { up: auditing },
  '0006-correlating': { up: correlating },
  '0007-sharing': { up: sharing },
  '0008-caring': { up: caring },
  '0009-expecting': { up: expecting },
  '0010-reminding': { up: reminding },
  '0013-naming-filters': { up: namingFilters },
  '0012-changing': { up: changing },
  '0014-suppressing': { up: suppressing },
  '0015-paging-alerts': { up: pagingAlerts },
  '0016-bulk-changing': { up: bulkChanging },
  '0019-choosing-accounts': { up: choosingAccounts },
  '0020-judging': { up: judging },
  '0021-notifying-people': { up: notifyingPeople },
  '0017-scheduling': { up: scheduling },
  '0022-rolling-up': { up: rollingUp },
  '0023-packing-states': { up: (db) => packingStates(db, engine) },
  '0024-dating-suppressed': { up: datingSuppressed },
});
