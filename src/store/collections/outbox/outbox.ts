import { type Generated, sql } from 'kysely';
import type { Outbox } from '../../../platform/outbox.ts';
import { optional } from '../../../shared/optional.ts';
import { defineCollection } from '../../define-collection.ts';
import { atomically, keyOf } from '../../sql/rows.ts';
import type { ConversationColumns, Db, Flag, Json } from '../../sql/tables.ts';
import { createConversationQueues, restNoMore } from './conversation-queues.ts';
import { enqueue } from './enqueue.ts';
import { end, next, postpone, takeGivenUp } from './items.ts';

interface OutboxTable extends ConversationColumns {
  id: Generated<number>;
  card: string;
  kind: string;
  payload: Json;
  state: string;
  attempts: number;
  dueAt: number;
  claim: string | null;
  inDoubt: Flag;
  failingSince: number | null;
  error: string | null;
  endedAt: number | null;
  correlationId: string | null;
}

declare module '../../sql/tables.ts' {
  interface Tables {
    readonly outbox: OutboxTable;
  }
}

const dayMs = 24 * 60 * 60_000;
/** What was sent counts towards the rate limit; what was given up stays for whoever looks into the database. */
const lifetimeMs = { done: dayMs, 'given-up': 7 * dayMs } as const;

const prune = async (db: Db, { now }: { readonly now: number }): Promise<void> => {
  for (const state of ['done', 'given-up'] as const)
    await db
      .deleteFrom('outbox')
      .where('state', '=', state)
      .where('endedAt', '<', now - lifetimeMs[state])
      .execute();
};

/** Asked each second. The state stands in the text of it: a parameter cannot use the partial index. */
export const nextDue = (db: Db) =>
  db
    .selectFrom('outbox')
    .select('dueAt')
    .where('state', '=', sql.lit('queued'))
    .orderBy('dueAt')
    .limit(1);

export const outbox = defineCollection({
  name: 'outbox',
  key: ['id'],
  numbered: 'id',
  besides: { lanes: { key: ['account', 'conversationKey'] } },
  backUp: true,
  prune,
  open: (db, { engine, clock, correlationId, setAside }): Outbox => ({
    ...createConversationQueues(db, { engine, clock }),
    enqueue: (drafts) => atomically(db, (tx) => enqueue(tx, drafts, correlationId())),
    next: (queue, now) => atomically(db, (tx) => next(tx, queue, now, setAside)),
    done: (queue, item, at, error) =>
      end(db, queue, item, { state: 'done', endedAt: at, ...optional('error', error) }),
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
    revive: (conversation, lasts, now) =>
      atomically(db, async (tx) => {
        const drafts = await takeGivenUp(tx, conversation, lasts);
        if (drafts.length === 0) return;
        const again = drafts.map((draft) => ({ ...draft, kind: 'update' as const, dueAt: now }));
        await enqueue(tx, again, correlationId());
      }),
    mayHaveArrived: async (conversation, cards) => {
      const row = await db
        .selectFrom('outbox')
        .select('id')
        .where((eb) => eb.and({ ...keyOf(conversation), state: 'done' }))
        .where('card', 'in', cards)
        .where('error', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    waitForNothing: async (now) => {
      await db
        .updateTable('outbox')
        .set({ dueAt: now })
        .where('endedAt', 'is', null)
        .where('dueAt', '>', now)
        .execute();
      await restNoMore(db, now);
    },
    backlog: async (account) => {
      const open = db
        .selectFrom('outbox')
        .select(({ fn }) => [
          fn.countAll<number>().as('waiting'),
          fn.min('dueAt').as('oldestDueAt'),
        ])
        .where('endedAt', 'is', null);
      const ofAccount = account === undefined ? open : open.where('account', '=', account);
      const { waiting, oldestDueAt } = await ofAccount.executeTakeFirstOrThrow();
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
    nextDueAt: async () => (await nextDue(db).executeTakeFirst())?.dueAt,
  }),
});
