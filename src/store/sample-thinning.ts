import { setImmediate } from 'node:timers/promises';
import { worstFirst } from '../core/quality.ts';
import type { Sample } from '../core/stores.ts';
import { grouped } from './grouped.ts';
import type { SetAside } from './rows.ts';
import { samplesOf, slotOf, toPages } from './sample-page.ts';
import type { Db } from './tables.ts';

const dayMs = 24 * 60 * 60_000;
const keptMs = 7 * dayMs;

/** The worst sample of each session. */
const worst = (samples: readonly Sample[]): readonly Sample[] =>
  grouped(samples, ({ agentId, sessionId }) => JSON.stringify([agentId, sessionId])).flatMap(
    ([, same]) => [...same].sort(worstFirst).slice(0, 1),
  );

interface Slot {
  readonly account: string;
  readonly shard: number;
  readonly at: number;
}

/** What is deleted is what is written again, so two instances at once do not double it. */
const thinSlot = async (db: Db, slot: Slot, setAside: SetAside): Promise<void> => {
  const rows = await db
    .deleteFrom('samplePages')
    .where((eb) => eb.and({ account: slot.account, shard: slot.shard, at: slot.at }))
    .returning(['id', 'at', 'page'])
    .execute();
  const samples = rows.flatMap((row) => samplesOf(row, undefined, setAside));
  const pages = toPages(worst(samples)).map((page) => ({ ...page, ...slot, thinned: 1 }));
  if (pages.length > 0) await db.insertInto('samplePages').values(pages).execute();
};

/** After a day the worst sample of each quarter of an hour stays, after seven days none. */
export const thinSamples = async (db: Db, now: number, setAside: SetAside): Promise<void> => {
  await db
    .deleteFrom('samplePages')
    .where('at', '<', slotOf(now - keptMs))
    .execute();
  const slots = await db
    .selectFrom('samplePages')
    .select(['account', 'shard', 'at'])
    .distinct()
    .where('thinned', '=', 0)
    .where('at', '<', slotOf(now - dayMs))
    .execute();
  for (const slot of slots) {
    await db.transaction().execute((tx) => thinSlot(tx, slot, setAside));
    await setImmediate();
  }
};
