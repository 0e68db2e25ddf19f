import { z } from 'zod';
import {
  dayOfQuarter,
  QuarterBits,
  quarterMs,
  quarterOf,
} from '../../features/history/domain/quarters.ts';
import type { Presence } from '../../features/history/store.ts';
import { otherTurns } from '../../platform/slices.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, grouped, json, readIfAny, type SetAside } from '../sql/rows.ts';
import type { Db, Json } from '../sql/tables.ts';
import { shardOf } from './sample-page.ts';

interface PresenceTable {
  account: string;
  shard: number;
  /** UTC days since 1970. */
  day: number;
  /** By agent id, the quarters of the day as base64. */
  page: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly presence: PresenceTable;
  }
}

/**
 * A row has one day of about 600 agents in a fleet of 10,000: small enough to be read and written at once, and few
 * enough of them that a poll writes them all.
 */
const shards = 16;
/** The shard of the quarters in which there was a poll; its page has one entry, without an agent. */
const polledShard = -1;
const lifetimeDays = 60;
/** Pruning may be late. */
const mostDays = 2 * lifetimeDays;
/** Reading that many rows blocks the process for a few milliseconds. */
const rowsAtOnce = 8;

const placeOf = (agentId: string): number => shardOf(agentId) % shards;

const Row = z.object({ day: z.number(), page: json(z.record(z.string(), z.string())) });

type Pages = ReadonlyMap<number, Map<string, string>>;

/** The pages of one day by their shards. One that cannot be read is set aside, and begins empty. */
const pagesOf = async (
  db: Db,
  account: string,
  day: number,
  setAside: SetAside,
): Promise<Pages> => {
  const rows = await db
    .selectFrom('presence')
    .selectAll()
    .where('account', '=', account)
    .where('day', '=', day)
    .execute();
  const pages = new Map<number, Map<string, string>>();
  for (const [index, row] of rows.entries()) {
    if (index % rowsAtOnce === 0) await otherTurns();
    const read = readIfAny(Row, row, setAside);
    if (read !== undefined) pages.set(row.shard, new Map(Object.entries(read.page)));
  }
  return pages;
};

interface Days {
  readonly first: number;
  readonly last: number;
}

/** Those of some shards, or of all: a few at once, with other turns between. */
async function* rowsOf(
  db: Db,
  account: string,
  { first, last }: Days,
  shardsRead: readonly number[] | undefined,
): AsyncGenerator<PresenceTable> {
  let after = { shard: polledShard, day: first - 1 };
  for (;;) {
    let query = db
      .selectFrom('presence')
      .selectAll()
      .where('account', '=', account)
      .where('day', '>=', first)
      .where('day', '<=', last)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('shard', 'day'), '>', tuple(after.shard, after.day)),
      );
    if (shardsRead !== undefined) query = query.where('shard', 'in', shardsRead);
    const rows = await query.orderBy('shard').orderBy('day').limit(rowsAtOnce).execute();
    yield* rows;
    const end = rows[rowsAtOnce - 1];
    if (end === undefined) return;
    after = { shard: end.shard, day: end.day };
    await otherTurns();
  }
}

/** The day of one agent with one quarter more. A text that cannot be read begins empty. */
const withQuarter = (day: number, before: string | undefined, quarter: number): string => {
  const bits = new QuarterBits(day, day);
  try {
    if (before !== undefined) bits.setDay(day, before);
  } catch {
    // It could not be read before either.
  }
  bits.set(quarter);
  return bits.textOf(day);
};

export const presence = defineCollection({
  name: 'presence',
  key: ['account', 'shard', 'day'],
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('presence')
      .where('day', '<', dayOfQuarter(quarterOf(now)) - lifetimeDays)
      .execute(),
  open: (db, { setAside }): Presence => ({
    mark: (account, at, online) =>
      atomically(db, async (tx) => {
        const quarter = quarterOf(at);
        const day = dayOfQuarter(quarter);
        const before = await pagesOf(tx, account, day, setAside);
        const rows: PresenceTable[] = [];
        const marked = [[polledShard, ['']] as const, ...grouped([...online], placeOf)];
        for (const [index, [shard, ids]] of marked.entries()) {
          if (index % rowsAtOnce === 0) await otherTurns();
          const page = new Map(before.get(shard));
          for (const id of ids) page.set(id, withQuarter(day, page.get(id), quarter));
          rows.push({ account, shard, day, page: JSON.stringify(Object.fromEntries(page)) });
        }
        await tx
          .insertInto('presence')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['account', 'shard', 'day'])
              .doUpdateSet((eb) => ({ page: eb.ref('excluded.page') })),
          )
          .execute();
      }),
    read: async (account, { from, until, agents }) => {
      const quarters = { from: quarterOf(from), until: Math.ceil(until / quarterMs) };
      const last = dayOfQuarter(quarters.until - 1);
      const days = { first: Math.max(dayOfQuarter(quarters.from), last - mostDays), last };
      const polled = new QuarterBits(days.first, days.last);
      const found = new Map<string, QuarterBits>();
      const shardsRead = agents && [polledShard, ...new Set([...agents].map(placeOf))];
      for await (const row of rowsOf(db, account, days, shardsRead)) {
        const read = readIfAny(Row, row, setAside);
        for (const [id, text] of Object.entries(read?.page ?? {})) {
          if (row.shard !== polledShard && agents?.has(id) === false) continue;
          const bits =
            row.shard === polledShard
              ? polled
              : (found.get(id) ?? new QuarterBits(days.first, days.last));
          if (row.shard !== polledShard) found.set(id, bits);
          setDay(bits, row, text, setAside);
        }
      }
      return { ...quarters, polled, agents: found };
    },
  }),
});

const setDay = (bits: QuarterBits, row: PresenceTable, text: string, setAside: SetAside): void => {
  try {
    bits.setDay(row.day, text);
  } catch {
    setAside(row);
  }
};
