import { setImmediate } from 'node:timers/promises';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** Writes pairs, each in one transaction, and says of each that it is written, until it is killed. */
const write = async (): Promise<void> => {
  const store = await openStore({ url: process.argv[2] ?? '', clock: fakeClock(), log: silentLog });
  for (let pair = 0; ; pair += 1) {
    await store.transaction(async (tx) => {
      await tx.seenActivities.note('left', `${pair}`, 0);
      await setImmediate();
      await tx.seenActivities.note('right', `${pair}`, 0);
    });
    process.stdout.write(`${pair}\n`);
  }
};

write().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : 'failed'}\n`);
  process.exit(1);
});
