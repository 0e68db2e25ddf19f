import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Libsql from 'libsql';
import { LRUCache } from 'lru-cache';
import { repeated } from './insert-rows.ts';

/** What the bot asks all day has a few dozen texts. */
const mostPrepared = 256;

/** Longer ones name many keys, and hardly ever the same number of them again. */
const longestText = 4000;

const comesAgain = (sql: string): boolean =>
  sql.startsWith(repeated) ||
  (sql.length <= longestText && /^(?:select|insert|update|delete)\b/u.test(sql));

/**
 * The database, with each text prepared once: preparing takes two thirds of a small statement's time, and libsql
 * frees what was prepared only with the garbage. A statement that failed is not used again: libsql never releases
 * one that met a lock.
 */
export const withPreparedStatements = (database: Libsql.Database): SqliteDatabase => {
  const prepared = new LRUCache<string, SqliteStatement>({ max: mostPrepared });
  const prepare = (sql: string): SqliteStatement => {
    const statement = database.prepare(sql);
    const orForgotten = <T>(run: () => T): T => {
      try {
        return run();
      } catch (error) {
        prepared.delete(sql);
        throw error;
      }
    };
    return {
      reader: statement.reader,
      // Reads to the end, so that no statement keeps an old view of the database open.
      all: (parameters) => orForgotten(() => statement.all([...parameters])),
      run: (parameters) => orForgotten(() => statement.run([...parameters])),
      iterate: (parameters) => database.prepare(sql).iterate([...parameters]),
    };
  };
  return {
    close: () => {
      prepared.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const made = prepare(sql);
      if (comesAgain(sql)) prepared.set(sql, made);
      return made;
    },
  };
};
