import { dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  type TransactionSettings,
} from 'kysely';
import Libsql from 'libsql';
import type { Logger } from '../../platform/log.ts';
import { type DatabaseFile, watchedFile } from './database-file.ts';
import { inTrouble, isLocked } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { withPreparedStatements } from './prepared-statements.ts';
import { SnakeCaseSqliteCompiler } from './snake-case.ts';

/** libsql blocks the whole process while it waits for a lock: many short waits let other work run in between. */
const usualLockWaitMs = 50;
const waits = 20;
/** After one that waited in vain: a person's one act writes up to ten times, and would wait each time. */
const waitsWhileLocked = 2;

/** From so many rows in one transaction on, SQLite's checkpoint takes as long again as the commit. */
const manyRows = 5000n;

class DurableDriver extends SqliteDriver {
  readonly #database: Libsql.Database;
  readonly #file: DatabaseFile;
  #connection: DatabaseConnection | undefined;
  #waitedInVain = false;
  #rowsWritten = 0n;

  constructor(database: Libsql.Database, file: DatabaseFile) {
    super({ database: withPreparedStatements(database) });
    this.#database = database;
    this.#file = file;
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
    if (settings?.accessMode === 'read only') {
      this.#database.exec('begin');
      this.#rowsWritten = 0n;
    } else await this.#begin();
  }

  override async commitTransaction(): Promise<void> {
    if (this.#rowsWritten < manyRows) this.#database.exec('commit');
    else await this.#commitMany();
  }

  /**
   * Commits, and moves what was written from the log into the file in a turn of its own: both at once would block
   * everybody else for twice as long. The connection is given back after that, so no transaction comes in between.
   */
  async #commitMany(): Promise<void> {
    this.#database.exec('pragma wal_autocheckpoint = 0');
    try {
      this.#database.exec('commit');
    } finally {
      this.#database.exec('pragma wal_autocheckpoint = 1000');
    }
    await setImmediate();
    if (!this.#database.open) return;
    try {
      this.#database.prepare('pragma wal_checkpoint(passive)').all();
    } catch {
      // All is in the log, and SQLite tries again at the next commit.
    }
  }

  /** When the disk is full, SQLite has rolled back by itself. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#inTransaction()) this.#database.exec('rollback');
  }

  /**
   * libsql closes without a checkpoint, and without one a copy of the file alone lacks what was written
   * last. Another program that reads or writes puts it off: the next to close makes it.
   */
  override async destroy(): Promise<void> {
    try {
      this.#database.prepare('pragma wal_checkpoint(truncate)').all();
    } catch {
      // All is in the log beside the file, and is read from there.
    }
    await super.destroy();
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
    this.#file.look();
    const most = this.#waitedInVain ? waitsWhileLocked : waits;
    for (let wait = 1; ; wait += 1) {
      try {
        this.#database.exec('begin immediate');
        this.#rowsWritten = 0n;
        this.#waitedInVain = false;
        return;
      } catch (error) {
        if (!isLocked(error)) throw error;
        if (wait === most) {
          this.#waitedInVain = true;
          throw error;
        }
        await setImmediate();
      }
    }
  }

  /**
   * libsql never releases a prepared statement that met a lock, and no later transaction can commit
   * then. So a statement that writes waits for the right to write first.
   */
  async #execute<R>(plain: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    const isOpen = this.#inTransaction();
    if (isOpen || query.query.kind === 'SelectQueryNode') {
      const result = await plain.executeQuery<R>(query);
      this.#rowsWritten += result.numAffectedRows ?? 0n;
      return result;
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

/**
 * SQLite changes tables in a transaction as well as rows. So all migrations are one: a bot that is killed among
 * them finds the database as it was, and the disk is waited for once instead of a hundred times.
 */
class AtomicAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Looking at all of a larger file would delay the start by more than a second. */
const mostBytesLookedAt = 256 * 2 ** 20;

/** What the start can find of damage before a poll does; throws 'store-down'. */
const requireSound = (database: Libsql.Database): void => {
  const [pages, size] = ['page_count', 'page_size'].map((name) =>
    Number(Object.values(database.prepare(`pragma ${name}`).get([]) ?? {})[0]),
  );
  if ((pages ?? 0) * (size ?? 0) > mostBytesLookedAt) return;
  const found: readonly unknown[] = database.prepare('pragma quick_check(1)').all();
  if (JSON.stringify(found) !== '[{"quick_check":"ok"}]') throw inTrouble('damaged');
};

export interface SqliteDatabase {
  readonly dialect: Dialect;
  readonly file: DatabaseFile;
}

/**
 * Makes the file and its folder where they are missing. A commit that was answered survives a power failure. One of
 * many waits for a lock takes so long.
 */
export const openSqlite = (
  path: string,
  log: Logger,
  lockWaitMs = usualLockWaitMs,
): SqliteDatabase => {
  makeFolder(dirname(resolve(path)));
  const database = new Libsql(path, { timeout: lockWaitMs });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    requireSound(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const file = watchedFile(resolve(path), log);
  const dialect = {
    createAdapter: () => new AtomicAdapter(),
    createDriver: () => new DurableDriver(database, file),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SnakeCaseSqliteCompiler(),
  };
  return { dialect, file };
};
