import { randomUUID } from 'node:crypto';
import { type Dialect, Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import { type AppError, asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { type DatabaseUrl, readDatabaseUrl } from './database-url.ts';
import { errorMappingDialect, storeError, troubleOf } from './errors.ts';
import { lags, migrate, migrations } from './migrate.ts';
import type { Engine } from './migrations/columns.ts';
import type { PostgresUse } from './postgres-dialect.ts';
import { postgresSchema, waitingFor } from './postgres-schema.ts';
import { camelCaseRows } from './snake-case.ts';
import { openSqlite } from './sqlite-dialect.ts';
import type { Db, Tables } from './tables.ts';
import { withPatience } from './with-patience.ts';

export interface Connection {
  readonly db: Db;
  readonly engine: Engine;
  /** Writes, and resolves when what it wrote is kept. */
  check(): Promise<void>;
  close(): Promise<void>;
}

interface Use {
  readonly postgres?: PostgresUse;
  /** One of the waits for a lock of an SQLite file; 50 if left out. */
  readonly lockWaitMs?: number | undefined;
}

/** Opens the database as it is. Rejects with AppError only. */
export const connect = async (url: string, log: Logger, use: Use = {}): Promise<Connection> => {
  const { engine, dialect: plain, inspect } = await dialectOf(readDatabaseUrl(url), log, use);
  let damage: AppError | undefined;
  const dialect = errorMappingDialect(plain, (error) => {
    if (troubleOf(error) !== 'damaged' || damage !== undefined) return;
    damage = error;
    log.error('store.damaged', { error });
  });
  const db: Db = new Kysely<Tables>({ dialect, plugins: [camelCaseRows] });
  const write = async (): Promise<void> => {
    // Damage never heals, and the row that is written below may lie on a sound page.
    if (damage !== undefined) throw damage;
    inspect();
    await leaveMark(db);
  };
  let logged: string | undefined;
  const check = async (): Promise<void> => {
    try {
      await write();
      logged = undefined;
    } catch (error) {
      const { message } = asAppError(error);
      if (message !== logged) log.error('store.check-failed', { error });
      logged = message;
      throw error;
    }
  };
  let underWay: Promise<void> | undefined;
  return {
    db,
    engine,
    // Who asks while a check is under way shares it: each costs a commit.
    check: () => {
      underWay ??= check().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    close: () => dialect.close(),
  };
};

/** A lease that nobody takes. */
const leaveMark = (db: Db): Promise<unknown> =>
  db
    .insertInto('leases')
    .values({ name: 'check', holder: randomUUID(), expiresAt: 0 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ holder: eb.ref('excluded.holder') })),
    )
    .execute();

interface Options {
  readonly url: string;
  readonly log: Logger;
  /** Waits for a lock that another program has; without it a lock is a failure at once. */
  readonly patience?: Clock;
  /** One of the waits for a lock of an SQLite file; 50 if left out. */
  readonly lockWaitMs?: number | undefined;
}

/** Opens the database and brings it up to date. Rejects with AppError only. */
export const connectUpToDate = async (options: Options): Promise<Connection> => {
  const { url, log, patience, lockWaitMs } = options;
  const open = async (): Promise<Connection> => {
    const connection = await connect(url, log, { lockWaitMs });
    try {
      await bringUpToDate(connection, options);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  };
  return patience === undefined ? open() : withPatience(open, { clock: patience, log });
};

const bringUpToDate = async ({ db, engine }: Connection, options: Options): Promise<void> => {
  const plain = db.withoutPlugins();
  if (engine === 'sqlite') return migrate(plain, migrations(engine));
  const schema = await postgresSchema(plain);
  if (await lags(plain, migrations(engine), schema)) await migratePostgres(schema, options);
};

/** By a connection of its own: a statement of the bot's work may take ten seconds, one of a migration what it needs. */
const migratePostgres = async (schema: string, { url, log, patience }: Options): Promise<void> => {
  const connection = await connect(url, log, { postgres: 'migrations' });
  const db = connection.db.withoutPlugins();
  const callOff = patience?.after(soonMs, () => {
    waitingFor(db).then(
      (programs) => programs.length > 0 && log.warn('store.waiting', { programs }),
      () => {},
    );
  });
  try {
    await migrate(db, migrations('postgres'), schema);
  } finally {
    callOff?.();
    await connection.close();
  }
};

/** A migration that nobody holds up is over by then. */
const soonMs = 2000;

interface Opened {
  readonly engine: Engine;
  readonly dialect: Dialect;
  readonly inspect: () => void;
}

const dialectOf = async (
  database: DatabaseUrl,
  log: Logger,
  { postgres = 'work', lockWaitMs }: Use,
): Promise<Opened> => {
  try {
    if (database.engine === 'sqlite') {
      const { dialect, file } = openSqlite(database.path, log, lockWaitMs);
      return { engine: 'sqlite', dialect, inspect: file.inspect };
    }
    // Loading the driver takes 40 ms of the start, and most bots use a file.
    const { postgresDialect } = await import('./postgres-dialect.ts');
    return {
      engine: 'postgres',
      dialect: postgresDialect(database.url, log, postgres),
      inspect: () => {},
    };
  } catch (error) {
    throw storeError(error);
  }
};
