import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { type FakeConnector, startConnector } from '../fakes/connector.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { startDeliverer } from './deliverer.ts';
import { openLedger } from './ledger.ts';
import { seeded } from './seeded.ts';

const rounds = 10;
const perRound = 5;
const conversations = Array.from({ length: 6 }, (_, index) => `chat-${index}`);

/** At any moment, or just when a message is on its way: both kinds find something. */
const untilKill = async (connector: FakeConnector, random: () => number): Promise<void> => {
  if (random() < 0.5) return void (await sleep(random() * 150));
  const calls = connector.calls.length;
  await connector.waitFor(() => connector.calls.length > calls);
};

it.each([1, 16])(
  'loses nothing when it is killed, and repeats only what was in flight, with %i conversations at once',
  async (queuesAtOnce) => {
    const random = seeded(queuesAtOnce);
    const connector = await startConnector();
    onTestFinished(connector.close);
    const url = await aDatabase();
    const store = await openStore({ url, clock: systemClock, log: silentLog });
    onTestFinished(() => store.close());
    const ledger = await openLedger(store, connector, conversations);
    const start = () => {
      const started = startDeliverer({
        url,
        instance: 'only',
        queuesAtOnce,
        leaseMs: 1000,
      });
      onTestFinished(started.kill);
      return started;
    };
    let standby = start();
    for (let round = 0; round < rounds; round += 1) {
      const running = standby;
      standby = start();
      await running.ready();
      running.go();
      const dies = untilKill(connector, random);
      for (let count = 0; count < perRound; count += 1)
        await ledger.notify(conversations[Math.floor(random() * conversations.length)] ?? '');
      await dies;
      await running.kill();
      await ledger.killed();
    }
    await standby.ready();
    standby.go();
    await ledger.allDelivered();
    expect(await standby.stop()).toBe(0);
    expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
    expect(ledger.lost()).toEqual([]);
    expect(ledger.early()).toEqual([]);
    expect(ledger.unexcused()).toEqual([]);
    if (queuesAtOnce === 1) expect(ledger.repeats()).toBeLessThanOrEqual(rounds);
  },
  150_000,
);
