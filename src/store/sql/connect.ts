import { CamelCasePlugin, Kysely } from 'kysely';
import type { Logger } from '../../platform/log.ts';
import { readDatabaseUrl } from './database-url.ts';
import { type ErrorMappingDialect, errorMappingDialect, storeError } from './errors.ts';
import { migrate, migrations } from './migrate.ts';
import type { Engine } from './migrations/columns.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Db, Tables } from './tables.ts';

export interface Connection {
  readonly db: Db;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** Opens the database as it is. Rejects with AppError only. */
export const connect = async (url: string, log: Logger): Promise<Connection> => {
  const { engine, dialect } = await dialectOf(url, log);
  const db: Db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  return { db, engine, close: () => dialect.close() };
};

/** Opens the database and brings it up to date. Rejects with AppError only. */
export const connectUpToDate = async (url: string, log: Logger): Promise<Connection> => {
  const connection = await connect(url, log);
  try {
    await migrate(connection.db.withoutPlugins(), migrations(connection.engine));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
};

const dialectOf = async (
  url: string,
  log: Logger,
): Promise<{ readonly engine: Engine; readonly dialect: ErrorMappingDialect }> => {
  const database = readDatabaseUrl(url);
  try {
    if (database.engine === 'sqlite')
      return { engine: 'sqlite', dialect: errorMappingDialect(sqliteDialect(database.path)) };
    // Loading the driver takes 40 ms of the start, and most bots use a file.
    const { postgresDialect } = await import('./postgres-dialect.ts');
    return { engine: 'postgres', dialect: errorMappingDialect(postgresDialect(database.url, log)) };
  } catch (error) {
    throw storeError(error);
  }
};
