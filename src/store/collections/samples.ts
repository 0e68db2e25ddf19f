import { setImmediate } from 'node:timers/promises';
import type { Generated } from 'kysely';
import { byWorstReading } from '../../features/fleet/domain/quality.ts';
import { SampleBuffer } from '../../features/history/domain/sample-buffer.ts';
import type { Sample, SampleBatch, Samples } from '../../features/history/store.ts';
import type { SamplePeriod } from '../../platform/conversation.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, grouped, inStatements, rowsPerStatement, type SetAside } from '../sql/rows.ts';
import type { Db, Flag, Json } from '../sql/tables.ts';
import { allShards, samplesOf, scanSamples, shardOf, slotOf, toPages } from './sample-page.ts';
import { createPageScanner } from './sample-scan.ts';

interface SamplePageTable {
  id: Generated<number>;
  account: string;
  shard: number;
  at: number;
  thinned: Flag;
  page: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly samplePages: SamplePageTable;
  }
}

const dayMs = 24 * 60 * 60_000;
const lifetimeMs = 7 * dayMs;

/** The worst sample of each session. */
const worst = (samples: readonly Sample[]): readonly Sample[] =>
  grouped(samples, ({ agentId, sessionId }) => JSON.stringify([agentId, sessionId])).flatMap(
    ([, same]) => [...same].sort(byWorstReading).slice(0, 1),
  );

interface Slot {
  readonly account: string;
  readonly shard: number;
  readonly at: number;
}

/** It writes back only what it has deleted itself, so two instances at once double nothing. */
const thinSlot = async (db: Db, slot: Slot, setAside: SetAside): Promise<void> => {
  const rows = await db
    .deleteFrom('samplePages')
    .where((eb) => eb.and({ account: slot.account, shard: slot.shard, at: slot.at }))
    .returning(['id', 'at', 'page'])
    .execute();
  const unreadable: { readonly id: number; readonly page: string }[] = [];
  const samples = rows.flatMap((row) =>
    samplesOf(row, undefined, (bad) => {
      setAside(bad);
      // Under the same id, by which it is counted once.
      unreadable.push({ id: row.id, page: row.page });
    }),
  );
  const pages = toPages(worst(samples)).map(({ page }) => ({ page }));
  for (const some of [pages, unreadable])
    await inStatements(some, (few) =>
      db
        .insertInto('samplePages')
        .values(few.map((page) => ({ ...page, ...slot, thinned: 1 })))
        .execute(),
    );
};

/**
 * After a day only the worst sample of each quarter of an hour stays, after seven days none. A page that
 * cannot be read stays as it is for its seven days. After a long stop there is much of it, so each
 * statement takes a part.
 */
const thin = async (db: Db, now: number, setAside: SetAside): Promise<void> => {
  while ((await deleteSome(db, slotOf(now - lifetimeMs))) === rowsPerStatement)
    await setImmediate();
  for (;;) {
    const oldest = await db
      .selectFrom('samplePages')
      .select('at')
      .where('thinned', '=', 0)
      .where('at', '<', slotOf(now - dayMs))
      .orderBy('at')
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined) return;
    const slots = await db
      .selectFrom('samplePages')
      .select(['account', 'shard', 'at'])
      .distinct()
      .where('thinned', '=', 0)
      .where('at', '=', oldest.at)
      .execute();
    for (const slot of slots) {
      await db.transaction().execute((tx) => thinSlot(tx, slot, setAside));
      await setImmediate();
    }
  }
};

/** Gives how many. */
const deleteSome = async (db: Db, before: number): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('samplePages')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('samplePages as old')
        .select('old.id')
        // The index of their age begins with it.
        .where('old.thinned', 'in', [0, 1])
        .where('old.at', '<', before)
        .limit(rowsPerStatement),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
};

/** About 4,000 samples: reading them blocks the process for a few milliseconds, of 50 that are allowed. */
const charsAtOnce = 200_000;
const mostRowsAtOnce = 256;

/**
 * Yields whole slots in the order of time: the samples of one slot come in any order, so they can be sorted
 * only once all of them are read. The number of rows in a query follows from the size of the rows before:
 * a row of a small fleet has a few samples, one of a large fleet hundreds.
 */
async function* pagesOfShard(
  db: Db,
  account: string,
  shard: number,
  { from, until, agents }: SamplePeriod,
  setAside: SetAside,
): AsyncGenerator<SampleBatch> {
  const reading = { scanner: createPageScanner(), found: new SampleBuffer() };
  const { found } = reading;
  let rowsAtOnce = 8;
  let last = { at: slotOf(from), id: 0 };
  // Where the slot begins whose rows may not all be there yet.
  let slotBegin = 0;
  for (;;) {
    const { at, id } = last;
    const rows = await db
      .selectFrom('samplePages')
      .select(['id', 'at', 'page'])
      .where('account', '=', account)
      .where('shard', '=', shard)
      .where('at', '>=', at)
      .where('at', '<', until)
      .where((eb) => eb.or([eb('at', '>', at), eb('id', '>', id)]))
      .orderBy('at')
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    let chars = 0;
    for (const row of rows) {
      if (row.at > last.at) slotBegin = endSlot(found, slotBegin);
      scanSamples(row, { from, until, agents }, reading, setAside);
      chars += row.page.length;
      last = row;
    }
    const isLast = rows.length < rowsAtOnce;
    if (isLast) slotBegin = endSlot(found, slotBegin);
    // Even without samples, because the reader may want to stop.
    yield found.first(slotBegin);
    found.drop(slotBegin);
    slotBegin = 0;
    await setImmediate();
    if (isLast) return;
    const perRow = chars / rows.length;
    rowsAtOnce = Math.min(mostRowsAtOnce, Math.max(1, Math.round(charsAtOnce / perRow)));
  }
}

/** Mostly they came in the order of time. */
const endSlot = (found: SampleBuffer, begin: number): number => {
  for (let index = begin + 1; index < found.length; index += 1)
    if ((found.times[index] ?? 0) < (found.times[index - 1] ?? 0)) {
      found.sortFrom(begin);
      break;
    }
  return found.length;
};

const shardsOf = (agents: ReadonlySet<string> | undefined): readonly number[] =>
  agents === undefined ? allShards : [...new Set([...agents].map(shardOf))];

export const samples = defineCollection({
  name: 'samplePages',
  key: ['id'],
  numbered: 'id',
  backUp: true,
  prune: (db, { now, setAside }) => thin(db, now, setAside),
  open: (db, { setAside }): Samples => ({
    add: (account, samples, thinned) =>
      atomically(db, (tx) =>
        inStatements(toPages(samples), (some) =>
          tx
            .insertInto('samplePages')
            .values(
              some.map((page) => ({ ...page, account, thinned: thinned === undefined ? 0 : 1 })),
            )
            .execute(),
        ),
      ),
    list: async (account, agentId, from, until) => {
      const rows = await db
        .selectFrom('samplePages')
        .select(['id', 'at', 'page'])
        .where('account', '=', account)
        .where('shard', '=', shardOf(agentId))
        .where('at', '>=', slotOf(from))
        .where('at', '<', until)
        .execute();
      const one = new Set([agentId]);
      return rows
        .flatMap((row) => samplesOf(row, one, setAside))
        .filter(({ at }) => from <= at && at < until)
        .sort((a, b) => a.at - b.at);
    },
    pages: async function* (account, period) {
      for (const shard of shardsOf(period.agents))
        yield* pagesOfShard(db, account, shard, period, setAside);
    },
  }),
});
