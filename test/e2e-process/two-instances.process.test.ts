import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { startConnector } from '../fakes/connector.ts';
import { silentLog } from '../fakes/silent-log.ts';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import { startDeliverer } from './deliverer.ts';
import { openLedger } from './ledger.ts';

const conversations = Array.from({ length: 12 }, (_, index) => `chat-${index}`);

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
});
afterAll(() => postgres.stop());

const open = async () => {
  const connector = await startConnector();
  onTestFinished(connector.close);
  const url = await postgres.newDatabase();
  const store = await openStore({ url, clock: systemClock, log: silentLog });
  onTestFinished(() => store.close());
  const ledger = await openLedger(store, connector, conversations);
  return {
    connector,
    store,
    ledger,
    /** Three for each conversation. */
    notifyAll: async () => {
      for (let count = 0; count < 3; count += 1) {
        for (const conversation of conversations) await ledger.notify(conversation);
      }
    },
    start: async (instance: string) => {
      const started = startDeliverer({ url, instance, queuesAtOnce: 4, leaseMs: 4000 });
      onTestFinished(started.kill);
      await started.ready();
      return started;
    },
    arrived: (count: number) => connector.waitFor(({ activities }) => activities.length >= count),
  };
};

it('delivers everything exactly once while instances come and go', async () => {
  const { connector, store, ledger, notifyAll, start, arrived } = await open();
  const [one, two] = await Promise.all([start('one'), start('two')]);
  one.go();
  two.go();
  await notifyAll();
  await arrived(10);
  expect(await one.stop()).toBe(0);
  const three = await start('three');
  three.go();
  await notifyAll();
  await arrived(50);
  expect(await two.stop()).toBe(0);
  await ledger.allDelivered();
  expect(await three.stop()).toBe(0);
  expect(ledger.repeats()).toBe(0);
  expect(ledger.early()).toEqual([]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
  expect(connector.activities).toHaveLength(72);
}, 150_000);

it('goes on in another instance when one is killed, and repeats only what was in flight', async () => {
  const { store, ledger, notifyAll, start, arrived } = await open();
  const one = await start('one');
  one.go();
  const two = await start('two');
  await notifyAll();
  two.go();
  await arrived(10);
  await one.kill();
  await ledger.killed();
  await ledger.allDelivered();
  expect(await two.stop()).toBe(0);
  expect(ledger.lost()).toEqual([]);
  expect(ledger.early()).toEqual([]);
  expect(ledger.unexcused()).toEqual([]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
}, 150_000);
