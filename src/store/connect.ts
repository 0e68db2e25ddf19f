import { CamelCasePlugin, Kysely } from 'kysely';
import type { Logger } from '../core/ports.ts';
import { readDatabaseUrl } from './database-url.ts';
import { type GuardedDialect, guardedDialect } from './guarded-dialect.ts';
import { migrate } from './migrate.ts';
import type { Engine } from './migrations/columns.ts';
import { migrations } from './migrations/migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { storeError } from './store-error.ts';
import type { Db, Tables } from './tables.ts';

export interface Connection {
  readonly db: Db;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** Opens the database as it is. Throws AppError only. */
export const connect = (url: string, log: Logger): Connection => {
  const { engine, dialect } = dialectOf(url, log);
  const db: Db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  return { db, engine, close: () => dialect.close() };
};

/** Opens the database and brings it up to date. Rejects with AppError only. */
export const connectUpToDate = async (url: string, log: Logger): Promise<Connection> => {
  const connection = connect(url, log);
  try {
    await migrate(connection.db.withoutPlugins(), migrations(connection.engine));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
};

const dialectOf = (
  url: string,
  log: Logger,
): { readonly engine: Engine; readonly dialect: GuardedDialect } => {
  const database = readDatabaseUrl(url);
  try {
    const dialect =
      database.engine === 'sqlite'
        ? sqliteDialect(database.path)
        : postgresDialect(database.url, log);
    return { engine: database.engine, dialect: guardedDialect(dialect) };
  } catch (error) {
    throw storeError(error);
  }
};
