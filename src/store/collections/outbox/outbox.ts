import { sql } from 'kysely';
import { z } from 'zod';
import type { ConversationQueue, Outbox, OutboxItem } from '../../../platform/outbox.ts';
import type { Engine } from '../../sql/migrations/columns.ts';
import {
  atomically,
  conversationColumns,
  json,
  keyOf,
  readIfAny,
  readRows,
  type SetAside,
} from '../../sql/rows.ts';
import type { Db } from '../../sql/tables.ts';
import { createRateLimiter, holdsQueue } from './conversation-queues.ts';
import { enqueue, postWins } from './enqueue.ts';

const Item = z.object({
  ...conversationColumns,
  id: z.number(),
  card: z.string(),
  kind: z.enum(['post', 'update']),
  payload: json(z.unknown()),
  dueAt: z.number(),
  attempts: z.number(),
  inDoubt: z.number().transform((flag) => flag === 1),
  failingSince: z.number().exactOptional(),
  correlationId: z.string().exactOptional(),
});

const GivenUpRow = z.object({
  ...conversationColumns,
  card: z.string(),
  error: z.string(),
  at: z.number(),
});

const next = async (
  db: Db,
  queue: ConversationQueue,
  now: number,
  setAside: SetAside,
): Promise<OutboxItem | undefined> => {
  if (!(await holdsQueue(db, queue))) return undefined;
  const row = await db
    .updateTable('outbox')
    .set((eb) => ({
      inDoubt: eb.case().when('state', '=', 'sending').then(1).else(0).end(),
      state: 'sending',
      claim: queue.claim,
    }))
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('outbox as due')
        .select('due.id')
        .where((eb) =>
          eb.and({ 'due.account': queue.account, 'due.conversationKey': queue.conversationKey }),
        )
        .where('due.endedAt', 'is', null)
        .where('due.dueAt', '<=', now)
        .where('due.claim', 'is distinct from', queue.claim)
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
      'failingSince',
      'correlationId',
    ])
    .executeTakeFirst();
  const item = readIfAny(Item, row, setAside);
  if (row === undefined || item !== undefined) return item;
  await db
    .updateTable('outbox')
    .set({ state: 'given-up', endedAt: now, error: 'unreadable' })
    .where('id', '=', row.id)
    .execute();
  return next(db, queue, now, setAside);
};

/** Back into the queue; into the newer message of the same card, where one waits by now. */
const postpone = async (
  db: Db,
  queue: ConversationQueue,
  item: OutboxItem,
  dueAt: number,
  sent: boolean,
): Promise<boolean> => {
  const row = await db
    .deleteFrom('outbox')
    .where((eb) => eb.and({ id: item.id, claim: queue.claim, state: 'sending' }))
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
      failingSince: item.failingSince ?? null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'conversationKey', 'card'])
        .where('state', '=', sql.lit('queued'))
        .doUpdateSet((eb) => ({
          dueAt: eb.ref('excluded.dueAt'),
          attempts: eb.ref('excluded.attempts'),
          failingSince: eb.ref('excluded.failingSince'),
          kind: postWins,
        })),
    )
    .execute();
  return true;
};

const end = async (
  db: Db,
  queue: ConversationQueue,
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
    .where((eb) => eb.and({ id: item.id, claim: queue.claim, state: 'sending' }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

export const createOutbox = (
  db: Db,
  engine: Engine,
  correlationId: () => string | undefined,
  setAside: SetAside,
): Outbox => ({
  ...createRateLimiter(db, engine),
  enqueue: (drafts) => atomically(db, (tx) => enqueue(tx, drafts, correlationId())),
  next: (queue, now) => atomically(db, (tx) => next(tx, queue, now, setAside)),
  done: (queue, item, at) => end(db, queue, item, { state: 'done', endedAt: at }),
  postpone: (queue, item, dueAt, sent) =>
    atomically(db, (tx) => postpone(tx, queue, item, dueAt, sent)),
  giveUp: (queue, item, error, at) =>
    end(db, queue, item, { state: 'given-up', endedAt: at, error }),
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
  sentSince: async (conversation, since) => {
    const rows = await db
      .selectFrom('outbox')
      .select('endedAt')
      .where((eb) => eb.and(keyOf(conversation)))
      .where('state', '=', 'done')
      .where('endedAt', '>', since)
      .orderBy('endedAt')
      .execute();
    return rows.flatMap(({ endedAt }) => endedAt ?? []);
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
      setAside,
    ),
});
