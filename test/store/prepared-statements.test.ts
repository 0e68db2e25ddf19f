import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { withPreparedStatements } from '../../src/store/sql/prepared-statements.ts';
import { aFolder } from './a-folder.ts';

const aTable = () => {
  const path = join(aFolder(), 'bot.db');
  const database = new Libsql(path, { timeout: 0 });
  database.exec('pragma journal_mode = wal; create table t (a text primary key, b integer)');
  const asked: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    asked.push(sql);
    return prepare(sql);
  };
  return { path, database, asked, kept: withPreparedStatements(database) };
};

const insert = 'insert into t values (?, ?)';
const select = 'select * from t where a = ?';

describe('prepared statements', () => {
  it('prepares a text once, and gives each use its own values', () => {
    const { kept, asked } = aTable();
    for (const [a, b] of [
      ['x', 1],
      ['y', 2],
    ] as const) {
      kept.prepare(insert).run([a, b]);
    }
    expect(kept.prepare(select).all(['y'])).toEqual([{ a: 'y', b: 2 }]);
    expect(kept.prepare(select).all(['x'])).toEqual([{ a: 'x', b: 1 }]);
    expect(asked).toEqual([insert, select]);
  });

  it('prepares a text that failed again', () => {
    const { kept, asked } = aTable();
    kept.prepare(insert).run(['x', 1]);
    expect(() => kept.prepare(insert).run(['x', 1])).toThrow();
    kept.prepare(insert).run(['y', 1]);
    expect(asked).toEqual([insert, insert]);
  });

  it('sees a column that came after it was prepared', () => {
    const { kept, database } = aTable();
    kept.prepare(insert).run(['x', 1]);
    kept.prepare(select).all(['x']);
    database.exec('alter table t add column c text default "new"');
    expect(kept.prepare(select).all(['x'])).toEqual([{ a: 'x', b: 1, c: 'new' }]);
  });

  it('lets another program write and empty the log while a statement is kept', () => {
    const { path, kept } = aTable();
    for (let row = 0; row < 250; row += 1) kept.prepare(insert).run([`${row}`, row]);
    expect(kept.prepare('select * from t').all([])).toHaveLength(250);
    const other = new Libsql(path, { timeout: 0 });
    other.exec("insert into t values ('z', 9)");
    expect(other.prepare('pragma wal_checkpoint(truncate)').all()).toEqual([
      { busy: 0, log: 0, checkpointed: 0 },
    ]);
    expect(kept.prepare(select).all(['z'])).toEqual([{ a: 'z', b: 9 }]);
    other.close();
  });

  it('does not keep what hardly comes again', () => {
    const { kept, asked } = aTable();
    const long = `select * from t where a in (${Array(2000).fill('?').join(', ')})`;
    const keys = Array.from({ length: 2000 }, (_, key) => `${key}`);
    kept.prepare(long).all(keys);
    kept.prepare(long).all(keys);
    expect(asked).toEqual([long, long]);
  });
});
