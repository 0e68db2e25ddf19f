import { sql } from 'kysely';
import { z } from 'zod';
import type { Lane, Outbox, OutboxDraft, OutboxItem } from '../core/outbox.ts';
import { grouped } from './grouped.ts';
import { createLanes, holdsLane } from './lanes.ts';
import type { Engine } from './migrations/columns.ts';
import {
  atomically,
  conversationColumns,
  inStatements,
  json,
  keyOf,
  readIfAny,
  readRows,
  toJson,
} from './rows.ts';
import type { Db } from './tables.ts';

const Item = z.object({
  ...conversationColumns,
  id: z.number(),
  card: z.string(),
  kind: z.enum(['post', 'update']),
  payload: json(z.unknown()),
  dueAt: z.number(),
  attempts: z.number(),
  inDoubt: z.number().transform((flag) => flag === 1),
});

const GivenUpRow = z.object({
  ...conversationColumns,
  card: z.string(),
  error: z.string(),
  at: z.number(),
});

/** The newest draft of each card, a post if any of them is one. */
const newest = (drafts: readonly OutboxDraft[]): readonly OutboxDraft[] =>
  grouped(drafts, (draft) => toJson([draft.account, draft.conversationKey, draft.card])).flatMap(
    ([, some]) =>
      some.slice(-1).map(
        (last): OutboxDraft => ({
          ...last,
          kind: some.some(({ kind }) => kind === 'post') ? 'post' : 'update',
          dueAt: Math.min(...some.map(({ dueAt }) => dueAt)),
        }),
      ),
  );

/** Of the row that waits and the row that comes. */
const postWins = sql<string>`case when excluded.kind = 'post' then 'post' else outbox.kind end`;

const enqueue = async (db: Db, drafts: readonly OutboxDraft[]): Promise<void> => {
  const conversations = grouped(drafts, (draft) => toJson(keyOf(draft))).flatMap(([, some]) =>
    some.slice(0, 1).map((draft) => ({ ...keyOf(draft), claimedUntil: 0 })),
  );
  await inStatements(conversations, (some) =>
    db
      .insertInto('lanes')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  await inStatements(newest(drafts), (some) =>
    db
      .insertInto('outbox')
      .values(
        some.map((draft) => ({
          ...keyOf(draft),
          card: draft.card,
          kind: draft.kind,
          payload: toJson(draft.payload),
          state: 'queued',
          attempts: 0,
          dueAt: draft.dueAt,
          inDoubt: 0,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'conversationKey', 'card'])
          .where('state', '=', sql.lit('queued'))
          .doUpdateSet((eb) => ({
            payload: eb.ref('excluded.payload'),
            kind: postWins,
          })),
      )
      .execute(),
  );
};

const next = async (db: Db, lane: Lane, now: number): Promise<OutboxItem | undefined> => {
  if (!(await holdsLane(db, lane))) return undefined;
  const row = await db
    .updateTable('outbox')
    .set((eb) => ({
      inDoubt: eb.case().when('state', '=', 'sending').then(1).else(0).end(),
      state: 'sending',
      claim: lane.claim,
    }))
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('outbox as due')
        .select('due.id')
        .where((eb) =>
          eb.and({ 'due.account': lane.account, 'due.conversationKey': lane.conversationKey }),
        )
        .where('due.endedAt', 'is', null)
        .where('due.dueAt', '<=', now)
        .where('due.claim', 'is distinct from', lane.claim)
        .orderBy('due.id')
        .limit(1),
    )
    .returning([
      'id',
      'account',
      'conversationKey',
      'card',
      'kind',
      'payload',
      'dueAt',
      'attempts',
      'inDoubt',
    ])
    .executeTakeFirst();
  return readIfAny(Item, row);
};

/** Back into the queue; into the newer message of the same card, where one waits by now. */
const postpone = async (
  db: Db,
  lane: Lane,
  item: OutboxItem,
  dueAt: number,
  sent: boolean,
): Promise<boolean> => {
  const row = await db
    .deleteFrom('outbox')
    .where((eb) => eb.and({ id: item.id, claim: lane.claim, state: 'sending' }))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return false;
  await db
    .insertInto('outbox')
    .values({
      ...row,
      state: 'queued',
      claim: null,
      inDoubt: 0,
      dueAt,
      attempts: row.attempts + (sent ? 1 : 0),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'conversationKey', 'card'])
        .where('state', '=', sql.lit('queued'))
        .doUpdateSet((eb) => ({
          dueAt: eb.ref('excluded.dueAt'),
          attempts: eb.ref('excluded.attempts'),
          kind: postWins,
        })),
    )
    .execute();
  return true;
};

const end = async (
  db: Db,
  lane: Lane,
  item: OutboxItem,
  ending: {
    readonly state: 'done' | 'given-up';
    readonly endedAt: number;
    readonly error?: string;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(ending)
    .where((eb) => eb.and({ id: item.id, claim: lane.claim, state: 'sending' }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

export const createOutbox = (db: Db, engine: Engine): Outbox => ({
  ...createLanes(db, engine),
  enqueue: (drafts) => atomically(db, (tx) => enqueue(tx, drafts)),
  next: (lane, now) => atomically(db, (tx) => next(tx, lane, now)),
  done: (lane, item, at) => end(db, lane, item, { state: 'done', endedAt: at }),
  postpone: (lane, item, dueAt, sent) =>
    atomically(db, (tx) => postpone(tx, lane, item, dueAt, sent)),
  giveUp: (lane, item, error, at) => end(db, lane, item, { state: 'given-up', endedAt: at, error }),
  abandon: async (conversation, error, at) => {
    await db
      .updateTable('outbox')
      .set({ state: 'given-up', endedAt: at, error })
      .where((eb) => eb.and(keyOf(conversation)))
      .where('endedAt', 'is', null)
      .execute();
  },
  backlog: async () => {
    const { waiting, oldestDueAt } = await db
      .selectFrom('outbox')
      .select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('dueAt').as('oldestDueAt')])
      .where('endedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return { waiting, ...(oldestDueAt === null ? {} : { oldestDueAt }) };
  },
  nextDueAt: async () => {
    const row = await db
      .selectFrom('outbox')
      .select('dueAt')
      .where('state', '=', 'queued')
      .orderBy('dueAt')
      .limit(1)
      .executeTakeFirst();
    return row?.dueAt;
  },
  givenUp: async (account) =>
    readRows(
      GivenUpRow,
      await db
        .selectFrom('outbox')
        .select(['account', 'conversationKey', 'card', 'error', 'endedAt as at'])
        .where('account', '=', account)
        .where('state', '=', 'given-up')
        .orderBy('endedAt', 'desc')
        .limit(100)
        .execute(),
    ),
});
