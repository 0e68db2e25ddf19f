import { z } from 'zod';
import type { Sample, Samples } from '../core/stores.ts';
import { grouped } from './grouped.ts';
import { atomically, inStatements, readRows } from './rows.ts';
import { Page, samplesOf, shardOf, slotOf, toPage } from './sample-page.ts';
import type { Db } from './tables.ts';

const Row = z.object({ at: z.number(), page: Page });

const pagesOf = (account: string, samples: readonly Sample[]) =>
  grouped(samples, ({ at }) => slotOf(at)).flatMap(([slot, inSlot]) =>
    grouped(inSlot, ({ agentId }) => shardOf(agentId)).map(([shard, some]) => ({
      account,
      shard,
      at: slot,
      thinned: 0,
      page: toPage(slot, some),
    })),
  );

export const createSamples = (db: Db): Samples => ({
  add: (account, samples) =>
    atomically(db, (tx) =>
      inStatements(pagesOf(account, samples), (some) =>
        tx.insertInto('samplePages').values(some).execute(),
      ),
    ),
  list: async (account, agentId, from, until) => {
    const rows = await db
      .selectFrom('samplePages')
      .select(['at', 'page'])
      .where('account', '=', account)
      .where('shard', '=', shardOf(agentId))
      .where('at', '>=', slotOf(from))
      .where('at', '<', until)
      .execute();
    return readRows(Row, rows)
      .flatMap(({ at, page }) => samplesOf(at, page, agentId))
      .filter(({ at }) => from <= at && at < until)
      .sort((a, b) => a.at - b.at);
  },
});
