import { expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { quickBot } from './bot-process.ts';
import { setStage } from './stage.ts';

/*
 * The short form of a long run, which is for whoever changes leases, on an idle machine:
 *   KILLS=20 npx vitest run test/processes/killed.process.test.ts
 */
const wanted = Number(process.env['KILLS'] ?? 0);
const kills = wanted > 0 ? wanted : 1;

const hourMs = 60 * 60_000;

it(
  'A9: polls as soon as it is started again with the file of one that was killed, whatever lease that one left',
  async () => {
    const { simulator, polled } = await setStage();
    const databaseUrl = await aDatabase();
    const bot = await quickBot.instance({ simulator, databaseUrl });
    await bot.start();
    for (let kill = 0; kill < kills; kill += 1) {
      await polled(1);
      await bot.kill();
      const store = await openStore({ url: databaseUrl, clock: systemClock, log: silentLog });
      // As if it had been killed just after it took the lease, for far longer than a test waits.
      expect(await store.leases.renew('monitor:default', 'only', hourMs)).toBe(true);
      await store.close();
      await bot.start();
    }
    await polled(2);
  },
  60_000 + kills * 30_000,
);
