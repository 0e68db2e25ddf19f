import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
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
