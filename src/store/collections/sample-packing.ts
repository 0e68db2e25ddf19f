import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../platform/errors.ts';
import { inStatements, rowsPerStatement, type SetAside } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';
import { rollUp } from './roll-ups.ts';
import { columnsOf, pageOf, type Row } from './sample-columns.ts';
import { slotOf } from './sample-page.ts';
import { dayMs, everyStage, hourMs, partMs, stages } from './sample-stages.ts';

const lifetimeMs = 7 * dayMs;
/** What a poll measured may be stored a little later. */
const lateMs = 5 * 60_000;

/**
 * Packs the pages of polls into one page of columns for each hour, then for each part of a day, and after a day
 * into one for each day with only the worst sample of each quarter of an hour; after seven days nothing stays but
 * the roll-ups of hours, which are made with the parts (roll-ups.ts).
 * After a long stop there is much of it, so each statement takes a part.
 */
export const packSamples = async (db: Db, now: number, setAside: SetAside): Promise<void> => {
  while ((await deleteSome(db, slotOf(now - lifetimeMs))) === rowsPerStatement)
    await setImmediate();
  const packing = { db, thinnedBefore: now - dayMs, setAside };
  const lastPart = Math.floor((now - lateMs) / partMs) * partMs;
  const dayAgo = Math.floor((now - dayMs) / partMs) * partMs;
  for (const step of [
    { stage: stages.fresh, spanMs: hourMs, before: slotOf(now - lateMs), to: stages.hour },
    { stage: stages.quarter, spanMs: dayMs, before: slotOf(now - dayMs), to: stages.day },
    { stage: stages.hour, spanMs: partMs, before: lastPart, to: stages.part },
    { stage: stages.part, spanMs: dayMs, before: dayAgo, to: stages.day },
  ])
    await packStage(packing, step);
};

interface Step {
  readonly stage: number;
  readonly spanMs: number;
  /** ms since 1970: rows from then on wait. */
  readonly before: number;
  /** The stage of what is packed, unless it is so old that it is thinned. */
  readonly to: number;
}

/** Gives how many. A day goes when the whole of it is too old. */
const deleteSome = async (db: Db, before: number): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('samplePages')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('samplePages as old')
        .select('old.id')
        // The index of their age begins with it.
        .where('old.thinned', 'in', everyStage)
        .where('old.at', '<', before)
        .where((eb) =>
          eb.or([eb('old.thinned', '!=', stages.day), eb('old.at', '<=', before - dayMs)]),
        )
        .limit(rowsPerStatement),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
};

interface Packing {
  readonly db: Db;
  /** ms since 1970: a span that ended by then is thinned. */
  readonly thinnedBefore: number;
  readonly setAside: SetAside;
}

interface Place {
  readonly account: string;
  readonly shard: number;
}

/** Takes the rows of a stage span by span, the oldest first. */
const packStage = async (packing: Packing, { stage, spanMs, before, to }: Step): Promise<void> => {
  let from = 0;
  for (;;) {
    const due = packing.db
      .selectFrom('samplePages')
      .where('thinned', '=', stage)
      .where('at', '>=', from)
      .where('at', '<', before);
    const oldest = await due.select('at').orderBy('at').limit(1).executeTakeFirst();
    if (oldest === undefined) return;
    const begin = Math.floor(oldest.at / spanMs) * spanMs;
    // What was packed by another instance meanwhile, or cannot be, is not taken up again.
    from = begin + spanMs;
    const places = await due
      .select(['account', 'shard'])
      .distinct()
      .where('at', '<', from)
      .execute();
    for (const place of places) {
      await packPlace(packing, place, {
        ...{ stage, begin, until: Math.min(from, before) },
        to: from <= packing.thinnedBefore ? stages.day : to,
      });
      await setImmediate();
    }
  }
};

interface Span extends Pick<Step, 'stage' | 'to'> {
  readonly begin: number;
  readonly until: number;
}

/** What is packed of the same time already is packed again with what is added. */
const packPlace = async (
  { db, setAside }: Packing,
  { account, shard }: Place,
  { stage, to, begin, until }: Span,
): Promise<void> => {
  const thinned = to === stages.day;
  const at = thinned ? Math.floor(begin / dayMs) * dayMs : begin;
  const target = { at, thinned: to };
  const rows: readonly Row[] = await db
    .selectFrom('samplePages')
    .select(['id', 'at', 'page', 'thinned'])
    .where('account', '=', account)
    .where('shard', '=', shard)
    .where('at', '>=', at)
    .where('at', '<', until)
    .where((eb) =>
      eb.or([eb.and([eb('thinned', '=', stage), eb('at', '>=', begin)]), eb.and(target)]),
    )
    .orderBy('at')
    .orderBy('id')
    .execute();
  const { sessions, unreadable } = await columnsOf(rows, setAside);
  const page = await pageOf(at, sessions, { thinned });
  const taken = new AppError('internal', 'another instance has packed the same samples');
  try {
    await db.transaction().execute(async (tx) => {
      const read = rows.filter((row) => !unreadable.includes(row));
      if ((await deleteRows(tx, read)) < read.length) throw taken;
      for (const { id } of unreadable)
        await tx
          .updateTable('samplePages')
          .set({ thinned: stages.unreadable })
          .where('id', '=', id)
          .execute();
      if (page !== undefined)
        await tx
          .insertInto('samplePages')
          .values({ account, shard, ...target, page })
          .execute();
      // A part has all samples of its hours, a day thinned ones besides; and what came thinned comes in quarters.
      if (to === stages.part || thinned) {
        const hours = thinned && stage !== stages.quarter ? 'new' : 'fuller';
        await rollUp(tx, { account, shard, hours }, sessions);
      }
    });
  } catch (error) {
    if (error !== taken) throw error;
  }
};

const deleteRows = async (db: Db, rows: readonly Row[]): Promise<number> => {
  let deleted = 0;
  await inStatements(rows, async (some) => {
    const { numDeletedRows } = await db
      .deleteFrom('samplePages')
      .where(
        'id',
        'in',
        some.map(({ id }) => id),
      )
      .executeTakeFirst();
    deleted += Number(numDeletedRows);
  });
  return deleted;
};
