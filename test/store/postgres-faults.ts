import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asAppError } from '../../src/platform/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { connect } from '../../src/store/sql/connect.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { bedOn } from './bed.ts';
import type { Postgres } from './postgres.ts';

const unavailable = { name: 'AppError', code: 'store-down' };

/** What happens when the server, the network or another version gets in between. */
export const postgresFaults = (server: () => Postgres): void => {
  const open = (url: string) => openStore({ url, clock: fakeClock(), log: silentLog });

  describe('PostgreSQL in trouble', () => {
    it('is brought up to date once when several instances start on it', async () => {
      const url = await server().emptyDatabase();
      const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
      onTestFinished(async () => {
        await Promise.all(stores.map((store) => store.close()));
      });
      await Promise.all(stores.map((store) => store.check()));
      expect(await stores[0]?.audit.verify()).toEqual({ intact: true, entries: 0 });
    });

    it('G16: gives a migration the time that it takes, and other statements ten seconds', async () => {
      const url = await server().emptyDatabase();
      const noted = `create table deadlines (statements text, locks text);
        create function note() returns event_trigger language plpgsql as $$ begin
          insert into deadlines values (current_setting('statement_timeout'), current_setting('lock_timeout'));
        end $$;
        create event trigger noting on ddl_command_end execute function note()`;
      await server().run(url, noted);
      const store = await open(url);
      onTestFinished(() => store.close());
      const { db, close } = await connect(url, silentLog);
      onTestFinished(close);
      const noticed = await sql`select distinct statements, locks from deadlines`.execute(db);
      expect(noticed.rows).toEqual([{ statements: '0', locks: '10s' }]);
      const { rows } = await sql`show statement_timeout`.execute(db);
      expect(rows).toEqual([{ statementTimeout: '10s' }]);
    });

    it('of a newer version is refused', async () => {
      const url = await server().newDatabase();
      await (await open(url)).close();
      await server().run(url, "insert into kysely_migration values ('9999-later', '2030-01-01')");
      await expect(open(url)).rejects.toThrow('newer version');
    });

    it('that nobody answers for is unavailable, and the message holds no password', async () => {
      const refused = open('postgres://bot:hunter2@127.0.0.1:1/bot');
      await expect(refused).rejects.toMatchObject(unavailable);
      await expect(refused).rejects.not.toThrow(/hunter2|127\.0\.0\.1/);
    });

    it('with the wrong password is unavailable, and the message holds none', async () => {
      const url = new URL(await server().newDatabase());
      url.password = 'hunter2';
      const refused = open(url.href);
      await expect(refused).rejects.toMatchObject(unavailable);
      await expect(refused).rejects.not.toThrow('hunter2');
    });

    it('that restarts loses no more than the transaction in flight', async () => {
      const url = await server().newDatabase();
      const { store } = await bedOn(url);
      await store.seenActivities.note('c', 'before', 1);
      const cut = store.transaction(async (tx) => {
        await tx.seenActivities.note('c', 'during', 1);
        await server().disconnect(url);
        await tx.seenActivities.note('c', 'later', 1);
      });
      await expect(cut).rejects.toMatchObject(unavailable);
      await expect
        .poll(() =>
          store.check().then(
            () => 'ready',
            () => 'not ready',
          ),
        )
        .toBe('ready');
      expect(await store.seenActivities.note('c', 'before', 1)).toBe(false);
      expect(await store.seenActivities.note('c', 'during', 1)).toBe(true);
    });

    it('A14: that can only be read is not ready, and says so', async () => {
      const url = await server().newDatabase();
      const name = new URL(url).pathname.slice(1);
      const { store } = await bedOn(url);
      await store.check();
      await server().run(url, `alter database ${name} set default_transaction_read_only = on`);
      await server().disconnect(url);
      await expect
        .poll(() => store.check().catch((error: unknown) => asAppError(error).message))
        .toBe('the database can only be read (25006)');
    });

    it('G9: holds two bots in two schemas, which know nothing of each other', async () => {
      const url = await server().emptyDatabase();
      await server().run(url, 'create schema bot_a; create schema bot_b');
      const inSchema = (search: string) => `${url}?${search}`;
      const a = await bedOn(inSchema('options=-c%20search_path%3Dbot_a'));
      const b = await bedOn(inSchema('currentSchema=bot_b'));
      const inPublic = await bedOn(url);
      await a.store.leases.acquire('monitor', 'a', 60_000);
      await b.store.check();
      expect(await b.store.leases.acquire('monitor', 'b', 60_000)).toBe(true);
      expect(await inPublic.store.leases.acquire('monitor', 'c', 60_000)).toBe(true);
      const again = await bedOn(inSchema('schema=bot_a'));
      expect(await again.store.leases.acquire('monitor', 'd', 60_000)).toBe(false);
    });

    it('G9: without the schema that is named is refused in words', async () => {
      const url = await server().newDatabase();
      await expect(open(`${url}?search_path=nowhere`)).rejects.toThrow(
        'the schema that DATABASE_URL names does not exist',
      );
    });

    it('G16: with texts in LATIN1 is refused before the first Japanese name', async () => {
      const url = new URL(await server().newDatabase());
      const latin = `latin_${randomUUID().slice(0, 8)}`;
      await server().run(
        url.href,
        `create database ${latin} encoding 'LATIN1' locale 'C' template template0`,
      );
      url.pathname = `/${latin}`;
      await expect(open(url.href)).rejects.toThrow('the database holds texts as LATIN1');
    });

    it('G16: without TLS where the URL asks for it, is said to lack it', async () => {
      const url = await server().newDatabase();
      await expect(open(`${url}?sslmode=require`)).rejects.toThrow('does not speak TLS');
    });

    const locked = async (lock: string) => {
      const url = await server().emptyDatabase();
      const dump = new pg.Client({ connectionString: url, application_name: 'pg_dump' });
      await dump.connect();
      dump.on('error', () => {});
      await dump.query(`begin; ${lock}`);
      return { url, dump };
    };

    it('G16: waits at its start for another one that changes the tables, and says for which', async () => {
      // The lock that migrations take.
      const { url, dump } = await locked('select pg_advisory_lock(3853314791062309107)');
      const clock = fakeClock();
      const logged: unknown[] = [];
      const log = {
        ...silentLog,
        warn: (event: string, fields: unknown) => logged.push([event, fields]),
      };
      const opening = openStore({ url, clock, log, patient: true });
      const waits = async () =>
        (await server().query(url, "select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
          .length;
      await expect.poll(waits).toBe(1);
      await clock.advance(2000);
      await expect.poll(() => logged).toEqual([['store.waiting', { programs: ['pg_dump'] }]]);
      await dump.end();
      const store = await opening;
      onTestFinished(() => store.close());
      await store.check();
    });

    it('G16: starts beside a dump when it has nothing to change', async () => {
      const url = await server().newDatabase();
      const dump = new pg.Client(url);
      await dump.connect();
      await dump.query(
        'begin; lock table kysely_migration in access share mode; select pg_advisory_lock(3853314791062309107)',
      );
      const store = await open(url);
      await store.check();
      await store.close();
      await dump.end();
    });

    it('with a mistake of ours in a statement is not called unavailable', async () => {
      const { store } = await bedOn(await server().newDatabase());
      const twice = {
        account: 'a',
        conversationKey: 'c',
        id: 'm',
        filter: '',
        from: 1,
        until: 2,
        by: { id: '', name: '' },
      };
      await store.maintenance.add(twice);
      await expect(store.maintenance.add(twice)).rejects.toMatchObject({
        code: 'internal',
        message: 'the store refused a statement (23505)',
      });
    });
  });
};
