import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Db } from './tables.ts';

/**
 * The schema in which this database makes its tables. Throws 'store-down' where there is none, or where
 * texts cannot hold all names.
 */
export const postgresSchema = async (db: Db): Promise<string> => {
  const { rows } = await sql<{ schema: string | null; encoding: string }>`
    select current_schema() as schema, current_setting('server_encoding') as encoding`.execute(db);
  const [found] = rows;
  if (found?.schema === undefined || found.schema === null)
    throw new AppError(
      'store-down',
      'the schema that DATABASE_URL names does not exist, or its user may not use it: create it first',
    );
  if (found.encoding !== 'UTF8')
    throw new AppError(
      'store-down',
      `the database holds texts as ${found.encoding}, which lacks most scripts: make one with the encoding UTF8`,
    );
  return found.schema;
};

/** The names of the programs that this bot, or another on the same database, waits for. */
export const waitingFor = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ program: string }>`
    select distinct coalesce(nullif(holder.application_name, ''), 'unnamed') as program
    from pg_stat_activity waiter
    join pg_stat_activity holder on holder.pid = any(pg_blocking_pids(waiter.pid))
    where waiter.datname = current_database()
      and waiter.application_name = current_setting('application_name')
    order by program`.execute(db);
  return rows.map(({ program }) => program);
};
