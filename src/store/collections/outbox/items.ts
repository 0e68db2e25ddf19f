import { sql } from 'kysely';
import { z } from 'zod';
import type { Conversation } from '../../../platform/conversation.ts';
import type { ConversationQueue, OutboxDraft, OutboxItem } from '../../../platform/outbox.ts';
import {
  conversationColumns,
  inStatements,
  json,
  keyOf,
  readIfAny,
  type SetAside,
} from '../../sql/rows.ts';
import type { Db } from '../../sql/tables.ts';
import { holdsQueue } from './conversation-queues.ts';
import { postWins } from './enqueue.ts';

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

/** Marks the item as being sent. One that cannot be read is given up, because it could never be sent. */
export const next = async (
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

/** Where a newer notification of the same card waits already, the two become one. */
export const postpone = async (
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

export const end = async (
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

const GivenUp = z.object({ id: z.number(), card: z.string(), payload: json(z.unknown()) });

/** Takes out what was given up and may still be worth saying, oldest first. What cannot be read stays. */
export const takeGivenUp = async (
  db: Db,
  conversation: Conversation,
  lasts: (payload: unknown) => boolean,
): Promise<readonly Pick<OutboxDraft, 'account' | 'conversationKey' | 'card' | 'payload'>[]> => {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'card', 'payload'])
    .where((eb) => eb.and({ ...keyOf(conversation), state: 'given-up' }))
    .orderBy('id')
    .execute();
  const taken = rows
    .flatMap((row) => GivenUp.safeParse(row).data ?? [])
    .filter(({ payload }) => lasts(payload));
  await inStatements(taken, (some) =>
    db
      .deleteFrom('outbox')
      .where(
        'id',
        'in',
        some.map(({ id }) => id),
      )
      .execute(),
  );
  return taken.map(({ card, payload }) => ({ ...keyOf(conversation), card, payload }));
};
