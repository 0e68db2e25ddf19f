import { onTestFinished } from 'vitest';
import { type BotStore, openStore, type StoreOptions } from '../../src/store/open.ts';
import type { StoreBed } from '../contracts/store-bed.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** Instances on the database behind the URL; all are closed with the test. */
export const bedOn = async (
  url: string,
  more: Pick<StoreOptions, 'lockWaitMs'> = {},
): Promise<StoreBed> => {
  const clock = fakeClock();
  const correlationId = () => `work-at-${clock.now()}`;
  const another = async (): Promise<BotStore> => {
    const store = await openStore({ url, clock, log: silentLog, correlationId, ...more });
    onTestFinished(() => store.close());
    return store;
  };
  return { clock, store: await another(), url, another };
};
