import { z } from 'zod';
import {
  SuppressedBy,
  type SuppressedCounts,
  type SuppressedMessage,
  SuppressedWhat,
} from '../../features/silence/domain/suppressed.ts';
import type { Suppressions } from '../../features/silence/store.ts';
import type { Conversation } from '../../platform/conversation.ts';
import { defineCollection } from '../define-collection.ts';
import {
  atomically,
  conversationColumns,
  grouped,
  inStatements,
  keyOf,
  readRows,
} from '../sql/rows.ts';
import type { ConversationColumns, Db } from '../sql/tables.ts';
import { alertKey, openSuppressedAlerts, pruneSuppressedAlerts } from './suppressed-alerts.ts';

interface SuppressionTable extends ConversationColumns {
  /** The beginning of the hour for those that are only counted. */
  at: number;
  /** '' = those of an hour that are only counted. */
  agentId: string;
  /** '' with an empty agent. */
  what: string;
  why: string;
  agentName: string;
  /** How many messages; 1 with an agent. */
  count: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly suppressions: SuppressionTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  at: z.number(),
  agentId: z.string(),
  agentName: z.string(),
  what: SuppressedWhat,
  why: SuppressedBy,
});
const CountRow = z.object({ why: SuppressedBy, count: z.coerce.number() });

const key = ['account', 'conversationKey', 'at', 'agentId', 'what', 'why'] as const;

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** A day more than people are shown: pruning may be late. */
const lifetimeMs = 8 * dayMs;
/** Of one conversation and day: nobody reads more, and 500 conversations must fit. */
const mostListed = 200;

/** How many more of this day can be listed. */
const roomLeft = async (db: Db, conversation: Conversation, dayStart: number): Promise<number> => {
  const row = await db
    .selectFrom('suppressions')
    .select(({ fn }) => fn.countAll().as('listed'))
    .where((eb) => eb.and(keyOf(conversation)))
    .where('at', '>=', dayStart)
    .where('at', '<', dayStart + dayMs)
    .where('agentId', '<>', '')
    .executeTakeFirst();
  return Math.max(0, mostListed - Number(row?.listed ?? 0));
};

const listedRow = (message: SuppressedMessage): SuppressionTable => ({ ...message, count: 1 });

const countedRows = (messages: readonly SuppressedMessage[]): readonly SuppressionTable[] =>
  grouped(messages, ({ why }) => why).flatMap(([why, some]) =>
    some.slice(0, 1).map(({ account, conversationKey, at }) => ({
      account,
      conversationKey,
      at: Math.floor(at / hourMs) * hourMs,
      agentId: '',
      what: '',
      why,
      agentName: '',
      count: some.length,
    })),
  );

/** The messages of one moment as rows. */
const rowsOf = async (
  db: Db,
  messages: readonly SuppressedMessage[],
): Promise<readonly SuppressionTable[]> => {
  const rows: SuppressionTable[] = [];
  for (const [, some] of grouped(messages, (one) => one.conversationKey)) {
    const [first] = some;
    if (first === undefined) continue;
    const room = await roomLeft(db, first, Math.floor(first.at / dayMs) * dayMs);
    rows.push(...some.slice(0, room).map(listedRow), ...countedRows(some.slice(room)));
  }
  return rows;
};

export const suppressions = defineCollection({
  name: 'suppressions',
  key,
  besides: { suppressedAlerts: { key: alertKey } },
  backUp: true,
  prune: async (db, { now }) => {
    await db
      .deleteFrom('suppressions')
      .where('at', '<', now - lifetimeMs)
      .execute();
    await pruneSuppressedAlerts(db, now);
  },
  open: (db, { clock, setAside }): Suppressions => ({
    note: (messages) =>
      atomically(db, async (tx) =>
        inStatements(await rowsOf(tx, messages), (some) =>
          tx
            .insertInto('suppressions')
            .values(some)
            .onConflict((conflict) =>
              conflict.columns([...key]).doUpdateSet(({ ref, eb }) => ({
                count: eb('suppressions.count', '+', ref('excluded.count')),
              })),
            )
            .execute(),
        ),
      ),
    count: async (conversation, { from, until }) => {
      const rows = await db
        .selectFrom('suppressions')
        .select(({ fn }) => ['why', fn.sum('count').as('count')])
        .where((eb) => eb.and(keyOf(conversation)))
        .where('at', '<', until)
        .where((eb) =>
          eb.or([
            eb('at', '>=', from),
            eb.and([eb('agentId', '=', ''), eb('at', '>', from - hourMs)]),
          ]),
        )
        .groupBy('why')
        .execute();
      const counts: SuppressedCounts = Object.fromEntries(
        readRows(CountRow, rows, () => {}).map(({ why, count }) => [why, count]),
      );
      return counts;
    },
    list: async (conversation, from, { skip, limit }) => {
      const listed = db
        .selectFrom('suppressions')
        .where((eb) => eb.and(keyOf(conversation)))
        .where('at', '>=', from)
        .where('agentId', '<>', '');
      const rows = await listed
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('agentName')
        .orderBy('agentId')
        .offset(skip)
        .limit(limit)
        .execute();
      const all = await listed.select(({ fn }) => fn.countAll().as('all')).executeTakeFirst();
      return { messages: readRows(Row, rows, setAside), listed: Number(all?.all ?? 0) };
    },
    ...openSuppressedAlerts(db, { clock, setAside }),
  }),
});
