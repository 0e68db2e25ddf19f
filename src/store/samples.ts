import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Sample, SamplePeriod, Samples } from '../core/stores.ts';
import { atomically, inStatements, readRows, type SetAside } from './rows.ts';
import {
  allShards,
  Page,
  samplesOf,
  samplesOfMany,
  shardOf,
  slotMs,
  slotOf,
  toPages,
} from './sample-page.ts';
import type { Db } from './tables.ts';

const Row = z.object({ at: z.number(), page: Page });

/** So many samples are worked on at once: some milliseconds, far below what the loop can be kept (50 ms). */
const samplesAtOnce = 5000;

/**
 * The pages of one shard, slot by slot. So many slots are read at once as bring about `samplesAtOnce`
 * samples: a small fleet has a few in each slot, a large one thousands.
 */
async function* pagesOfShard(
  db: Db,
  account: string,
  shard: number,
  { from, until, agents }: SamplePeriod,
  setAside: SetAside,
): AsyncGenerator<readonly Sample[]> {
  let slots = 1;
  for (let start = slotOf(from); start < until; ) {
    const end = start + slots * slotMs;
    const rows = await db
      .selectFrom('samplePages')
      .select(['id', 'at', 'page'])
      .where('account', '=', account)
      .where('shard', '=', shard)
      .where('at', '>=', start)
      .where('at', '<', Math.min(end, until))
      .orderBy('at')
      .execute();
    const samples: Sample[] = [];
    for (const row of rows) for (const one of readable(row, agents, setAside)) samples.push(one);
    const inPeriod = samples.filter(({ at }) => from <= at && at < until);
    yield inPeriod.sort((a, b) => a.at - b.at);
    await setImmediate();
    start = end;
    slots = samples.length < samplesAtOnce / 2 ? slots * 2 : Math.max(1, Math.floor(slots / 2));
  }
}

const readable = (
  row: { readonly at: number; readonly page: string },
  agents: ReadonlySet<string> | undefined,
  setAside: SetAside,
): readonly Sample[] => {
  try {
    return samplesOfMany(row.at, row.page, agents);
  } catch {
    setAside(row);
    return [];
  }
};

const shardsOf = (agents: ReadonlySet<string> | undefined): readonly number[] =>
  agents === undefined ? allShards : [...new Set([...agents].map(shardOf))];

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
  pages: async function* (account, period) {
    for (const shard of shardsOf(period.agents))
      yield* pagesOfShard(db, account, shard, period, setAside);
  },
});
