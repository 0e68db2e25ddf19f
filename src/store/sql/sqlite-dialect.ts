import { dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import Libsql from 'libsql';
import { isLocked } from './errors.ts';
import { makeFolder } from './make-folder.ts';

/** libsql blocks the whole process while it waits for a lock: many short waits let other work run in between. */
const busyTimeoutMs = 50;
const waits = 20;

class DurableDriver extends SqliteDriver {
  readonly #database: Libsql.Database;
  #connection: DatabaseConnection | undefined;

  constructor(database: Libsql.Database) {
    super({ database });
    this.#database = database;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const plain = await super.acquireConnection();
    this.#connection ??= {
      executeQuery: (query) => this.#execute(plain, query),
      streamQuery: (query, chunkSize) => plain.streamQuery(query, chunkSize),
    };
    return this.#connection;
  }

  /** A transaction that only reads sees one moment of the database and makes nobody wait. */
  override async beginTransaction(
    _connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    if (settings?.accessMode === 'read only') this.#database.exec('begin');
    else await this.#begin();
  }

  override async commitTransaction(): Promise<void> {
    this.#database.exec('commit');
  }

  /** When the disk is full, SQLite has rolled back by itself. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#inTransaction()) this.#database.exec('rollback');
  }

  /** libsql ends the whole process when it is asked about a closed database. */
  #inTransaction(): boolean {
    return this.#database.open && this.#database.inTransaction;
  }

  /**
   * Takes the right to write at once: a transaction that reads first and writes later fails when
   * another one wrote in between.
   */
  async #begin(): Promise<void> {
    for (let wait = 1; ; wait += 1) {
      try {
        this.#database.exec('begin immediate');
        return;
      } catch (error) {
        if (wait === waits || !isLocked(error)) throw error;
        await setImmediate();
      }
    }
  }

  /**
   * libsql never releases a prepared statement that met a lock, and no later transaction can commit
   * then. So a statement that writes waits for the right to write first.
   */
  async #execute<R>(plain: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.query.kind === 'SelectQueryNode' || this.#inTransaction()) {
      return plain.executeQuery<R>(query);
    }
    await this.#begin();
    try {
      const result = await plain.executeQuery<R>(query);
      await this.commitTransaction();
      return result;
    } catch (error) {
      await this.rollbackTransaction();
      throw error;
    }
  }
}

/** Makes the file and its folder where they are missing. A commit that was answered survives a power failure. */
export const sqliteDialect = (path: string): Dialect => {
  makeFolder(dirname(resolve(path)));
  const database = new Libsql(path, { timeout: busyTimeoutMs });
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DurableDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
};
