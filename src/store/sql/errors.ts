import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely';
import { AppError, errnoOf } from '../../platform/errors.ts';

/** What of the database does not work, where something can be done about it. */
export type DatabaseTrouble =
  | 'full'
  | 'locked'
  | 'damaged'
  | 'read-only'
  | 'disk'
  | 'gone'
  | 'refused'
  | 'tls-missing'
  | 'tls-wanted'
  | 'certificate'
  | 'unreachable';

/** Wrong SQL and broken constraints are mistakes of the bot; SQLSTATE classes 22, 23 and 42. */
const ours = /^(SQLITE_(CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|TOOBIG)|(22|23|42)\w{3}$)/;

/** By the code; the first that fits counts. */
const byCode: readonly (readonly [DatabaseTrouble, RegExp])[] = [
  ['full', /^(SQLITE_FULL|53100)$/],
  ['locked', /^(SQLITE_(BUSY|LOCKED)|55P03$|57014$)/],
  ['damaged', /^(SQLITE_(CORRUPT|NOTADB)|XX00[12]$)/],
  ['read-only', /^(SQLITE_READONLY|25006$)/],
  ['disk', /^(SQLITE_IOERR|58030$)/],
  ['refused', /^(28P01|28000|3D000|42501)$/],
  ['certificate', /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH)/],
  ['tls-missing', /^(EPROTO|ERR_SSL_)/],
];

/** The driver gives these no code, and both engines of TLS trouble their words only. */
const byWords: readonly (readonly [DatabaseTrouble, RegExp])[] = [
  ['tls-missing', /does not support SSL/u],
  ['tls-wanted', /no encryption/u],
];

const sentences: Readonly<Record<DatabaseTrouble, string>> = {
  full: 'the store is full',
  locked: 'the store is locked',
  damaged: 'the database is damaged',
  'read-only': 'the database can only be read',
  disk: 'the disk of the database fails',
  gone: 'the database file is no longer there: it was deleted, moved or replaced',
  refused: 'the database refuses the user, its password or the name of the database',
  'tls-missing': 'the database server does not speak TLS, and DATABASE_URL asks for it',
  'tls-wanted': 'the database server wants TLS, and DATABASE_URL does not ask for it',
  certificate: 'the certificate of the database server is not trusted',
  unreachable: 'the store cannot be reached',
};

const troubles = new WeakMap<AppError, DatabaseTrouble>();

/** Nothing for a mistake of the bot, and for what is no error of the database. */
export const troubleOf = (error: unknown): DatabaseTrouble | undefined =>
  error instanceof AppError ? troubles.get(error) : undefined;

export const inTrouble = (trouble: DatabaseTrouble, code?: string): AppError => {
  const suffix = code === undefined ? '' : ` (${code})`;
  const error = new AppError('store-down', `${sentences[trouble]}${suffix}`);
  troubles.set(error, trouble);
  return error;
};

/** The database's message stays out: it may hold SQL, data, paths and the server's address. */
export const storeError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : '';
  const [trouble] =
    byWords.find(([, pattern]) => pattern.test(words)) ??
    byCode.find(([, pattern]) => pattern.test(code)) ??
    [];
  if (trouble === undefined && ours.test(code))
    return new AppError('internal', `the store refused a statement (${code})`);
  return inTrouble(trouble ?? 'unreachable', code);
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
export const errorMappingDialect = (
  dialect: Dialect,
  onError: (error: AppError) => void = () => {},
): ErrorMappingDialect => {
  const guarded: Guard = async (call) => {
    try {
      return await call();
    } catch (error) {
      const mapped = storeError(error);
      onError(mapped);
      throw mapped;
    }
  };
  const driver = guardedDriver(dialect.createDriver(), guarded);
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    close: () => driver.destroy(),
  };
};

type Guard = <T>(call: () => Promise<T>) => Promise<T>;

const guardedDriver = (driver: Driver, guarded: Guard): Driver => {
  const outer = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const innerOf = (connection: DatabaseConnection): DatabaseConnection =>
    inner.get(connection) ?? connection;

  return {
    init: () => guarded(() => driver.init()),
    acquireConnection: async () => {
      const connection = await guarded(() => driver.acquireConnection());
      const wrapped = outer.get(connection) ?? guardedConnection(connection, guarded);
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

const guardedConnection = (connection: DatabaseConnection, guarded: Guard): DatabaseConnection => ({
  executeQuery: (query) => guarded(() => connection.executeQuery(storableQuery(query))),
  streamQuery: () => {
    throw new Error('the store does not stream');
  },
});

/** PostgreSQL refuses NUL in a text, and names from PingPlotter and Teams may hold it. */
const storableQuery = (query: CompiledQuery): CompiledQuery =>
  query.parameters.some(holdsNul)
    ? { ...query, parameters: query.parameters.map(withoutNul) }
    : query;

const holdsNul = (value: unknown): boolean => typeof value === 'string' && value.includes('\0');

const withoutNul = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
