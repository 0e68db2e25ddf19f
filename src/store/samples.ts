import { z } from 'zod';
import type { Samples } from '../core/stores.ts';
import { atomically, inStatements, readRows, type SetAside } from './rows.ts';
import { Page, samplesOf, shardOf, slotOf, toPages } from './sample-page.ts';
import type { Db } from './tables.ts';

const Row = z.object({ at: z.number(), page: Page });

export const createSamples = (db: Db, setAside: SetAside): Samples => ({
  add: (account, samples) =>
    atomically(db, (tx) =>
      inStatements(toPages(samples), (some) =>
        tx
          .insertInto('samplePages')
          .values(some.map((page) => ({ ...page, account, thinned: 0 })))
          .execute(),
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
    return readRows(Row, rows, setAside)
      .flatMap(({ at, page }) => samplesOf(at, page, agentId))
      .filter(({ at }) => from <= at && at < until)
      .sort((a, b) => a.at - b.at);
  },
});
