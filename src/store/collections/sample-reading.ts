import { setImmediate } from 'node:timers/promises';
import { createSessions, SampleBuffer } from '../../features/history/domain/sample-buffer.ts';
import type { SampleBatch } from '../../features/history/store.ts';
import type { SamplePeriod } from '../../platform/conversation.ts';
import type { SetAside } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';
import { createColumnReader } from './column-read.ts';
import { type StoredPage, scanSamples, slotOf } from './sample-page.ts';
import { createPageScanner, slotMs, type Wanted } from './sample-scan.ts';
import { dayMs, hourMs, isJson, partMs, stages } from './sample-stages.ts';

/** Of one query: JSON with about 4,000 samples. */
export const charsAtOnce = 200_000;
/**
 * Read without letting others come in between, and then gone through by who asked. In the first moments of a process,
 * when no code is compiled yet, that takes some 20 ms each, of 50 that are allowed; later a quarter of it.
 */
const charsPerTurn = 25_000;
/** Columns are mostly skipped. */
const columnCharsPerChar = 4;
const mostRowsAtOnce = 256;

const weightOf = ({ page }: StoredPage): number =>
  isJson(page) ? page.length : page.length / columnCharsPerChar;

/** Reads pages of both kinds into a buffer. Gives the latest time at which the page may have a sample. */
export type SampleReader = (row: StoredPage, wanted: Wanted) => number;

/** For the pages of one shard, in the order of time. */
export const createSampleReader = (found: SampleBuffer, setAside: SetAside): SampleReader => {
  const session = createSessions();
  const json = { scanner: createPageScanner(session), found };
  const columns = createColumnReader(session);
  return (row, wanted) => {
    try {
      if (!isJson(row.page)) return columns.read(row, wanted, found, () => setAside(row));
      scanSamples(row, wanted, json, setAside);
    } catch {
      setAside(row);
    }
    return row.at + slotMs - 1;
  };
};

/**
 * The end of a buffer where the samples of overlapping pages stand. The polls of one slot come in any order, and
 * what came late lies beside a page of columns with other samples of its time: they can be sorted only once all
 * of them are read.
 */
interface Overlap {
  readonly begin: number;
  readonly until: number;
  readonly rows: number;
  readonly columns: boolean;
}

const overlapFrom = (begin: number): Overlap => ({ begin, until: 0, rows: 0, columns: false });

const closed = (found: SampleBuffer, { begin, rows, columns }: Overlap): Overlap => {
  // A page of columns is in order by itself.
  if (columns ? rows > 1 : !isInOrder(found, begin)) found.sortFrom(begin);
  return overlapFrom(found.length);
};

/** Mostly they came in the order of time. */
const isInOrder = ({ begins, length }: SampleBuffer, begin: number): boolean => {
  for (let index = begin + 1; index < length; index += 1)
    if ((begins[index] ?? 0) < (begins[index - 1] ?? 0)) return false;
  return true;
};

/**
 * Yields oldest first within each session. The number of rows in a query follows from the size of the rows
 * before: a row of a small fleet has a few samples, one of a large fleet thousands.
 */
export async function* batchesOfShard(
  db: Db,
  { account, shard }: { readonly account: string; readonly shard: number },
  period: SamplePeriod,
  setAside: SetAside,
): AsyncGenerator<SampleBatch> {
  const found = new SampleBuffer();
  const read = createSampleReader(found, setAside);
  const wanted: Wanted = { agents: period.agents, from: period.from, until: period.until };
  let overlap = overlapFrom(0);
  let rowsAtOnce = 8;
  let last = { at: period.from - dayMs, id: 0 };
  for (;;) {
    const rows = await rowsAfter(db, { account, shard, period, last, limit: rowsAtOnce });
    let weight = 0;
    let since = 0;
    for (const row of rows) {
      if (row.at > overlap.until) overlap = closed(found, overlap);
      if (weight - since > charsPerTurn) {
        since = weight;
        await setImmediate();
        yield found.first(overlap.begin);
        found.drop(overlap.begin);
        overlap = { ...overlap, begin: 0 };
        await setImmediate();
      }
      const until = Math.max(overlap.until, read(row, wanted));
      const columns = overlap.columns || !isJson(row.page);
      overlap = { begin: overlap.begin, until, rows: overlap.rows + 1, columns };
      weight += weightOf(row);
      last = row;
    }
    const isLast = rows.length < rowsAtOnce;
    if (isLast) overlap = closed(found, overlap);
    await setImmediate();
    // Even without samples, because the reader may want to stop.
    yield found.first(overlap.begin);
    found.drop(overlap.begin);
    overlap = { ...overlap, begin: 0 };
    await setImmediate();
    if (isLast) return;
    const perRow = Math.max(weight / rows.length, 1);
    rowsAtOnce = Math.min(mostRowsAtOnce, Math.max(1, Math.round(charsAtOnce / perRow)));
  }
}

interface After {
  readonly account: string;
  readonly shard: number;
  readonly period: SamplePeriod;
  readonly last: { readonly at: number; readonly id: number };
  readonly limit: number;
}

/** Pages of columns may have begun before the period. */
const rowsAfter = (
  db: Db,
  { account, shard, period: { from, until }, last: { at, id }, limit }: After,
): Promise<readonly (StoredPage & { readonly id: number })[]> =>
  db
    .selectFrom('samplePages')
    .select(['id', 'at', 'page'])
    .where('account', '=', account)
    .where('shard', '=', shard)
    .where('at', '>=', at)
    .where('at', '<', until)
    .where((eb) => eb.or([eb('at', '>', at), eb('id', '>', id)]))
    .where((eb) =>
      eb.or([
        eb('at', '>=', slotOf(from)),
        eb.and([eb('at', '>', from - hourMs), eb('thinned', '=', stages.hour)]),
        eb.and([eb('at', '>', from - partMs), eb('thinned', '=', stages.part)]),
        eb('thinned', '=', stages.day),
      ]),
    )
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .execute();
