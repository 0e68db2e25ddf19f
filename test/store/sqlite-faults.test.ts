import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/platform/errors.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { errorMappingDialect } from '../../src/store/sql/errors.ts';
import { openSqlite } from '../../src/store/sql/sqlite-dialect.ts';
import { ops } from '../contracts/store-bed.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from './a-folder.ts';
import { bedOn } from './bed.ts';

const open = (url: string): Promise<BotStore> =>
  openStore({ url, clock: fakeClock(), log: silentLog });

const rawOn = (path: string): Libsql.Database => {
  const database = new Libsql(path, { timeout: 100 });
  onTestFinished(() => {
    database.close();
  });
  return database;
};

const errorOf = async (call: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('did not reject with an AppError');
  return error;
};

const entry = {
  ...ops,
  tenantId: 'contoso',
  personId: 'ada',
  personName: 'Ada',
  at: 1,
  action: 'agent.rename',
  result: 'done',
  correlationId: 'c',
};

describe('an SQLite file', () => {
  it('is made together with its folders', async () => {
    const path = join(aFolder(), 'a', 'b', 'bot.db');
    await bedOn(`file:${path}`);
    expect(existsSync(path)).toBe(true);
  });

  it.each(['', 'bot.db', 'mysql://root@host/db', 'http://host/', 'file:'])(
    'is not what %j means',
    async (url) => {
      const error = await errorOf(open(url));
      expect(error).toMatchObject({ code: 'bad-input' });
      expect(error.message).not.toContain('root');
    },
  );

  it('may be given as a file URL', async () => {
    const folder = aFolder();
    await bedOn(`file://${join(folder, 'with%20space.db')}`);
    expect(existsSync(join(folder, 'with space.db'))).toBe(true);
  });

  it('keeps everything over a restart', async () => {
    const url = `file:${join(aFolder(), 'bot.db')}`;
    const { store } = await bedOn(url);
    await store.audit.append(entry);
    await store.leases.acquire('monitor', 'one', 60_000);
    await store.close();
    const again = (await bedOn(url)).store;
    expect(await again.audit.list({ account: 'default', limit: 5 })).toEqual([entry]);
    expect(await again.leases.acquire('monitor', 'two', 60_000)).toBe(false);
  });

  it('is brought up to date once when several instances start on it', async () => {
    const url = `file:${join(aFolder(), 'bot.db')}`;
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });
    await Promise.all(stores.map((store) => store.check()));
    expect(await stores[0]?.audit.verify()).toEqual({ intact: true, entries: 0 });
  });

  it('of a newer version is refused and left alone', async () => {
    const path = join(aFolder(), 'bot.db');
    await (await open(`file:${path}`)).close();
    rawOn(path).exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
    const error = await errorOf(open(`file:${path}`));
    expect(error).toMatchObject({ code: 'store-down' });
    expect(error.message).toContain('newer version');
  });

  it('that is no database is refused and left alone', async () => {
    const path = join(aFolder(), 'secret-name.db');
    writeFileSync(path, 'my diary '.repeat(1000));
    const error = await errorOf(open(`file:${path}`));
    expect(error).toMatchObject({ code: 'store-down' });
    expect(error.message).not.toContain('secret-name');
    expect(readFileSync(path, 'utf8')).toBe('my diary '.repeat(1000));
  });

  it('that cannot be made is named by no path', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'file'), '');
    const error = await errorOf(open(`file:${join(folder, 'file', 'bot.db')}`));
    expect(error).toMatchObject({ code: 'store-down' });
    expect(error.message).not.toContain(folder);
  });

  // Node's recursive mkdir never comes back from there.
  it('in a folder that the system never makes is refused at once', async () => {
    expect(await errorOf(open('file:/proc/no/such/folder/bot.db'))).toMatchObject({
      code: 'store-down',
      message: expect.stringMatching(/^the folder of the database file cannot be made \(E\w+\)$/u),
    });
  });
});

describe('a locked SQLite file', () => {
  it('refuses to write with a clear error, is still read, and works again afterwards', async () => {
    const path = join(aFolder(), 'bot.db');
    const { store } = await bedOn(`file:${path}`, { lockWaitMs: 2 });
    await store.seenActivities.note('c', 'before', 1);
    const other = rawOn(path);
    other.exec('begin immediate');

    expect(await errorOf(store.seenActivities.note('c', 'during', 1))).toMatchObject({
      code: 'store-down',
      message: 'the store is locked (SQLITE_BUSY)',
    });
    const during = store.transaction((tx) => tx.seenActivities.note('c', 'during', 1));
    expect(await errorOf(during)).toMatchObject({ code: 'store-down' });
    expect(await errorOf(store.check())).toMatchObject({ code: 'store-down' });
    expect(await store.outbox.backlog()).toEqual({ waiting: 0 });

    other.exec('rollback');
    await store.check();
    expect(await store.seenActivities.note('c', 'before', 1)).toBe(false);
    expect(await store.seenActivities.note('c', 'during', 1)).toBe(true);
    expect(await store.transaction((tx) => tx.seenActivities.note('c', 'after', 1))).toBe(true);
  });
});

describe('an SQLite connection', () => {
  const connected = async () => {
    const dialect = errorMappingDialect(openSqlite(join(aFolder(), 'bot.db'), silentLog).dialect);
    const db = new Kysely<{ readonly notes: { readonly text: string } }>({ dialect });
    onTestFinished(() => dialect.close());
    await db.schema.createTable('notes').addColumn('text', 'text').execute();
    return db;
  };

  it('has every commit on the disk before it counts', async () => {
    const db = await connected();
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: 'wal' }]);
    expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }]);
  });

  it('takes nothing by half when the disk is full, and goes on when there is room', async () => {
    const db = await connected();
    await sql`pragma max_page_count = 10`.execute(db);
    const filling = db.transaction().execute(async (tx) => {
      await tx.insertInto('notes').values({ text: 'small' }).execute();
      await tx
        .insertInto('notes')
        .values({ text: 'x'.repeat(100_000) })
        .execute();
    });
    expect(await errorOf(filling)).toMatchObject({
      code: 'store-down',
      message: 'the store is full (SQLITE_FULL)',
    });
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
    await db.insertInto('notes').values({ text: 'small' }).execute();
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ text: 'small' }]);
  });

  it('does not lend statements out one by one', async () => {
    const db = await connected();
    const stream = db.selectFrom('notes').selectAll().stream();
    await expect(stream.next()).rejects.toThrow('does not stream');
  });
});

describe('an audit log that somebody changed', () => {
  const tampered = async (sql: string) => {
    const path = join(aFolder(), 'bot.db');
    const { store } = await bedOn(`file:${path}`);
    for (let at = 1; at <= 5; at += 1) await store.audit.append({ ...entry, at });
    rawOn(path).exec(sql);
    return store.audit.verify();
  };

  it.each([
    ['an entry changed', "update audit set entry = replace(entry, 'Ada', 'Bob') where seq = 3", 3],
    ['a hash changed', "update audit set hash = 'x' where seq = 2", 2],
    ['an entry removed', 'delete from audit where seq = 3', 3],
    ['the first one removed', 'delete from audit where seq = 1', 1],
    ['the last one removed', 'delete from audit where seq = 5', 5],
    [
      'two exchanged',
      'update audit set seq = case seq when 4 then -1 else seq end; update audit set seq = 4 where seq = 5; update audit set seq = 5 where seq = -1',
      4,
    ],
    [
      'one put in at the end',
      'insert into audit select 6, account, tenant_id, person_id, agent_id, at, entry, hash from audit where seq = 5',
      6,
    ],
    ['its end lost', 'delete from audit_head', 6],
  ])('shows %s', async (_, sql, brokenAt) => {
    expect(await tampered(sql)).toEqual({ intact: false, brokenAt });
  });

  it('is intact when nobody did', async () => {
    expect(await tampered('select 1')).toEqual({ intact: true, entries: 5 });
  });
});
