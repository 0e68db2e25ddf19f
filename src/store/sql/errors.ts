import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { AppError, errnoOf } from '../../platform/errors.ts';

/** Wrong SQL and broken constraints are mistakes of the bot; SQLSTATE classes 22, 23 and 42. */
const ours = /^(SQLITE_(CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|TOOBIG)|(22|23|42)\w{3}$)/;
const full = /^(SQLITE_FULL|53100)$/;
const locked = /^(SQLITE_(BUSY|LOCKED)|55P03$|57014$)/;

/** The database's message stays out: it may hold SQL, data, paths and the server's address. */
export const storeError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (ours.test(code)) return new AppError('internal', `the store refused a statement (${code})`);
  if (full.test(code)) return new AppError('store-down', `the store is full (${code})`);
  if (locked.test(code)) return new AppError('store-down', `the store is locked (${code})`);
  return new AppError('store-down', `the store cannot be reached (${code})`);
};

export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

const codeOf = (error: unknown): string => {
  const code = errnoOf(error) ?? '';
  return /^\w{1,40}$/.test(code) ? code : 'unknown';
};

export interface ErrorMappingDialect extends Dialect {
  /** To be used instead of Kysely's `destroy`: after that Kysely throws errors that are not mapped. */
  close(): Promise<void>;
}

/** The one place where a failure of the database becomes an AppError. */
export const errorMappingDialect = (dialect: Dialect): ErrorMappingDialect => {
  const driver = guardedDriver(dialect.createDriver());
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    close: () => driver.destroy(),
  };
};

const guardedDriver = (driver: Driver): Driver => {
  const outer = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const innerOf = (connection: DatabaseConnection): DatabaseConnection =>
    inner.get(connection) ?? connection;

  return {
    init: () => guarded(() => driver.init()),
    acquireConnection: async () => {
      const connection = await guarded(() => driver.acquireConnection());
      const wrapped = outer.get(connection) ?? guardedConnection(connection);
      outer.set(connection, wrapped);
      inner.set(wrapped, connection);
      return wrapped;
    },
    beginTransaction: (connection, settings) =>
      guarded(() => driver.beginTransaction(innerOf(connection), settings)),
    commitTransaction: (connection) => guarded(() => driver.commitTransaction(innerOf(connection))),
    rollbackTransaction: (connection) =>
      guarded(() => driver.rollbackTransaction(innerOf(connection))),
    releaseConnection: (connection) => driver.releaseConnection(innerOf(connection)),
    destroy: () => guarded(() => driver.destroy()),
  };
};

const guardedConnection = (connection: DatabaseConnection): DatabaseConnection => ({
  executeQuery: (query) =>
    guarded(() =>
      connection.executeQuery({ ...query, parameters: query.parameters.map(storable) }),
    ),
  streamQuery: () => {
    throw new Error('the store does not stream');
  },
});

/** PostgreSQL refuses NUL in a text, and names from PingPlotter and Teams may hold it. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;

const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw storeError(error);
  }
};
