import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asAppError } from '../../src/platform/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import { watchedFile } from '../../src/store/sql/database-file.ts';
import { storeError } from '../../src/store/sql/errors.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from './a-database.ts';
import { aFolder } from './a-folder.ts';

const recorded = () => {
  const logged: string[] = [];
  return { logged, log: { ...silentLog, error: (event: string) => void logged.push(event) } };
};

const opened = async (url: string, more: { readonly lockWaitMs?: number } = {}) => {
  const { logged, log } = recorded();
  const store = await openStore({ url, clock: fakeClock(), log, ...more });
  onTestFinished(() => store.close());
  return { store, logged, path: url.slice('file:'.length) };
};

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => asAppError(error).message,
  );

const noted = (path: string): unknown => {
  const copy = new Libsql(path);
  onTestFinished(() => void copy.close());
  return copy.prepare('select conversation_key from seen_activities').all();
};

describe('an SQLite file after the stop', () => {
  it('A12: is whole without the files beside it', async () => {
    const { store, path } = await opened(await aDatabase());
    await store.seenActivities.note('19:ops', 'a1', 1);
    await store.check();
    await store.audit.verify();
    await store.close();
    const copy = join(aFolder(), 'copy.db');
    copyFileSync(path, copy);
    expect(noted(copy)).toEqual([{ conversation_key: '19:ops' }]);
  });

  it('A12: is whole though another program reads at that moment, together with its log', async () => {
    const { store, path } = await opened(await aDatabase());
    await store.seenActivities.note('19:ops', 'a1', 1);
    const reader = new Libsql(path);
    onTestFinished(() => void reader.close());
    reader.exec('begin; select * from seen_activities');
    await store.seenActivities.note('19:ops', 'a2', 1);
    await store.close();
    reader.exec('commit');
    const copy = join(aFolder(), 'copy.db');
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
    expect(noted(copy)).toHaveLength(2);
  });
});

describe('the check of an SQLite file', () => {
  it('A14: keeps what it writes, and is shared by those who ask at once', async () => {
    const { store, path } = await opened(await aDatabase());
    const other = new Libsql(path);
    onTestFinished(() => void other.close());
    const mark = () => other.prepare("select holder from leases where name = 'check'").all();
    await Promise.all([store.check(), store.check()]);
    const first = mark();
    expect(first).toHaveLength(1);
    await store.check();
    expect(mark()).not.toEqual(first);
  });

  it.each([
    ['deleted', (path: string) => rmSync(path)],
    ['moved away', (path: string) => renameSync(path, `${path}.old`)],
    [
      'replaced',
      (path: string) => {
        copyFileSync(path, `${path}.new`);
        renameSync(`${path}.new`, path);
      },
    ],
  ])('A14: notices a file that is %s, and says so once', async (_how, spoil) => {
    const { store, logged, path } = await opened(await aDatabase());
    await store.check();
    spoil(path);
    expect(await messageOf(store.check())).toBe(
      'the database file is no longer there: it was deleted, moved or replaced',
    );
    await store.seenActivities.note('c', 'a', 1);
    expect(await messageOf(store.check())).not.toBe('no error');
    expect(logged).toEqual(['store.file-gone', 'store.check-failed']);
  });

  it('A14: notices at the next write that the file is gone, though nobody asks for the check', async () => {
    const { store, logged, path } = await opened(await aDatabase());
    rmSync(path);
    await store.seenActivities.note('c', 'a', 1);
    expect(logged).toEqual(['store.file-gone']);
  });

  it('A14: fails where nothing can be written', async () => {
    const { db, check, close } = await connectUpToDate({ url: await aDatabase(), log: silentLog });
    onTestFinished(close);
    await sql`pragma query_only = on`.execute(db);
    expect(await messageOf(check())).toBe('the database can only be read (SQLITE_READONLY)');
  });

  it('A14: fails when the disk has no room for another commit', async () => {
    const path = (await aDatabase()).slice('file:'.length);
    let free = 2 ** 30;
    const file = watchedFile(path, silentLog, () => free);
    expect(() => file.inspect()).not.toThrow();
    free = 4096;
    expect(() => file.inspect()).toThrow('the store is full');
  });
});

it.each([
  [{ code: '28000' }, 'no pg_hba.conf entry for host "10.0.0.1", no encryption', 'wants TLS'],
  [{ code: '28P01' }, 'password authentication failed for user "bot"', 'refuses the user'],
  [{}, 'The server does not support SSL connections', 'does not speak TLS'],
  [{ code: 'SQLITE_IOERR_WRITE' }, 'disk I/O error', 'disk of the database fails'],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'self-signed certificate', 'certificate'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'Host: 10.0.0.1 is not', 'certificate'],
  [{}, 'timeout exceeded when trying to connect', 'cannot be reached'],
])('G16: %j “%s” is said as “%s”, without its words', (code, words, said) => {
  const { message } = storeError(Object.assign(new Error(words), code));
  expect(message).toContain(said);
  expect(message).not.toMatch(/10\.0|bot"/u);
});

describe('a damaged SQLite file', () => {
  const spoilt = async (spoil: (bytes: Buffer) => void): Promise<string> => {
    const url = await aDatabase();
    const { store, path } = await opened(url);
    for (let at = 0; at < 400; at += 1)
      await store.documents.write('default', `name ${at}`, 'x'.repeat(1000));
    await store.close();
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    const bytes = readFileSync(path);
    spoil(bytes);
    writeFileSync(path, bytes);
    return url;
  };

  it.each([
    ['in the middle', (bytes: Buffer) => void bytes.fill(0xaa, 40 * 4096, bytes.length - 4096)],
    ['at its end', (bytes: Buffer) => void bytes.fill(0xaa, bytes.length - 3 * 4096)],
    ['at its beginning', (bytes: Buffer) => void bytes.fill(0x20, 0, 100)],
    ['in its schema', (bytes: Buffer) => void bytes.fill(0xaa, 100, 4096)],
  ])('A14: %s is called damaged at the start', async (_where, spoil) => {
    const { log } = recorded();
    const url = await spoilt(spoil);
    expect(await messageOf(openStore({ url, clock: fakeClock(), log }))).toMatch(
      /^the database is damaged/u,
    );
  });

  it('A14: that is found while the bot runs stays a failed check, and is logged once', async () => {
    const { store, logged, path } = await opened(await aDatabase());
    for (let at = 0; at < 3000; at += 1)
      await store.documents.write('default', `name ${at}`, 'x'.repeat(1000));
    const other = new Libsql(path);
    other.prepare('pragma wal_checkpoint(truncate)').all();
    other.close();
    const bytes = readFileSync(path);
    bytes.fill(0xaa, 40 * 4096);
    writeFileSync(path, bytes);
    for (let at = 0; at < 3000; at += 1)
      await store.documents.read('default', `name ${at}`).catch(() => undefined);
    for (let again = 0; again < 2; again += 1)
      expect(await messageOf(store.check())).toMatch(/^the database is damaged/u);
    expect(logged).toEqual(['store.damaged', 'store.check-failed']);
  });
});

describe('migrations of an SQLite file', () => {
  it('are all made or none, so that a start after a kill among them finds what was there', async () => {
    const path = join(aFolder(), 'bot.db');
    const raw = new Libsql(path);
    onTestFinished(() => void raw.close());
    const tables = () =>
      raw.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    // In the way of the second table of a migration far behind the first.
    raw.exec('create table bulk_members (a)');
    const open = () => openStore({ url: `file:${path}`, clock: fakeClock(), log: silentLog });
    await expect(open()).rejects.toThrow();
    expect(tables()).not.toContain('bulk_jobs');
    raw.exec('drop table bulk_members');
    const store = await open();
    expect(tables()).toContain('bulk_jobs');
    await store.close();
  });
});

describe('a file that another program keeps locked', () => {
  /** Other work that had its turn until then: after each wait for the lock it has one. */
  const turnsUntilRefused = async (write: Promise<unknown>): Promise<number> => {
    let turns = 0;
    let over = false;
    const refused = messageOf(write).finally(() => {
      over = true;
    });
    while (!over) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await refused).toMatch(/locked/u);
    return turns;
  };

  it('is waited for by the first that writes alone', async () => {
    const { store, path } = await opened(await aDatabase(), { lockWaitMs: 2 });
    const other = new Libsql(path);
    onTestFinished(() => void other.close());
    const write = () => store.seenActivities.note('19:ops', 'a1', 1);
    other.exec('begin immediate');
    const first = await turnsUntilRefused(write());
    const second = await turnsUntilRefused(write());
    expect(second).toBeLessThan(first / 4);
    other.exec('rollback');
    await write();
  });
});
