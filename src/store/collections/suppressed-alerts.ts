import { z } from 'zod';
import type { Suppressions } from '../../features/silence/store.ts';
import { otherTurns } from '../../platform/slices.ts';
import type { OpenContext } from '../define-collection.ts';
import {
  atomically,
  conversationColumns,
  grouped,
  inStatements,
  json,
  keyOf,
  readRows,
  rowsPerStatement,
  toJson,
} from '../sql/rows.ts';
import type { ConversationColumns, Db, Json } from '../sql/tables.ts';

interface SuppressedAlertTable extends ConversationColumns {
  agentId: string;
  /** When it was last written, ms since 1970. 0 = by an older version. */
  at: number;
  detail: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly suppressedAlerts: SuppressedAlertTable;
  }
}

const AlertRow = z.object({
  ...conversationColumns,
  agentId: z.string(),
  detail: json(z.unknown()),
});

export const alertKey = ['account', 'conversationKey', 'agentId'] as const;

/**
 * The process that polls forgets each of its own once nothing differs. Left over are those of accounts that nobody polls any
 * more; and one of which nothing changed for so long is counted once more as begun, if the process starts again.
 */
const lifetimeMs = 30 * 24 * 60 * 60_000;

/**
 * In a conversation as many as a large fleet has agents, in an account some 30 MB, which are read at each start. What is
 * pruned of more is counted once more as begun, if the process starts again.
 */
const atMost = { here: 10_000, inAccount: 100_000 };

export const pruneSuppressedAlerts = async (
  db: Db,
  now: number,
  most: typeof atMost = atMost,
): Promise<void> => {
  await db.updateTable('suppressedAlerts').set({ at: now }).where('at', '=', 0).execute();
  await db
    .deleteFrom('suppressedAlerts')
    .where('at', '<', now - lifetimeMs)
    .execute();
  await pruneBeyond(db, ['account', 'conversationKey'], most.here);
  await pruneBeyond(db, ['account'], most.inAccount);
};

/** Leaves the newest ones of each place. */
const pruneBeyond = async (
  db: Db,
  place: readonly ('account' | 'conversationKey')[],
  most: number,
): Promise<void> => {
  const over = await db
    .selectFrom('suppressedAlerts')
    .select([...place])
    .groupBy([...place])
    .having(({ fn }) => fn.countAll(), '>', most)
    .execute();
  for (const where of over) {
    const first = await db
      .selectFrom('suppressedAlerts')
      .select(['at', 'conversationKey', 'agentId'])
      .where((eb) => eb.and(where))
      .orderBy('at', 'desc')
      .orderBy('conversationKey')
      .orderBy('agentId')
      .offset(most)
      .limit(1)
      .executeTakeFirst();
    if (first === undefined) continue;
    const { at, conversationKey, agentId } = first;
    // All of one poll were written at the same time.
    await db
      .deleteFrom('suppressedAlerts')
      .where((eb) => eb.and(where))
      .where(({ eb, refTuple, tuple }) =>
        eb.or([
          eb('at', '<', at),
          eb.and([
            eb('at', '=', at),
            eb(refTuple('conversationKey', 'agentId'), '>=', tuple(conversationKey, agentId)),
          ]),
        ]),
      )
      .execute();
  }
};

export const openSuppressedAlerts = (
  db: Db,
  { clock, setAside }: Pick<OpenContext, 'clock' | 'setAside'>,
): Pick<Suppressions, 'alerts' | 'saveAlerts' | 'forgetAlerts'> => ({
  alerts: async (account) => {
    const found = [];
    for (let last: { conversationKey: string; agentId: string } | undefined; ; ) {
      let query = db.selectFrom('suppressedAlerts').selectAll().where('account', '=', account);
      const after = last;
      if (after !== undefined)
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('conversationKey', 'agentId'),
            '>',
            tuple(after.conversationKey, after.agentId),
          ),
        );
      const rows = await query
        .orderBy('conversationKey')
        .orderBy('agentId')
        .limit(rowsPerStatement)
        .execute();
      found.push(...readRows(AlertRow, rows, setAside));
      last = rows.at(-1);
      if (last === undefined || rows.length < rowsPerStatement) return found;
      await otherTurns();
    }
  },
  saveAlerts: (alerts) =>
    atomically(db, (tx) =>
      inStatements(alerts, (some) =>
        tx
          .insertInto('suppressedAlerts')
          .values(
            some.map(({ agentId, detail, ...conversation }) => ({
              ...keyOf(conversation),
              agentId,
              at: clock.now(),
              detail: toJson(detail),
            })),
          )
          .onConflict((conflict) =>
            conflict.columns([...alertKey]).doUpdateSet(({ ref }) => ({
              at: ref('excluded.at'),
              detail: ref('excluded.detail'),
            })),
          )
          .execute(),
      ),
    ),
  forgetAlerts: (places) =>
    atomically(db, async (tx) => {
      for (const [, here] of grouped(places, (one) => `${one.account}\n${one.conversationKey}`))
        await inStatements(here, async (some) => {
          const [first] = some;
          if (first === undefined) return;
          await tx
            .deleteFrom('suppressedAlerts')
            .where((eb) => eb.and(keyOf(first)))
            .where(
              'agentId',
              'in',
              some.map(({ agentId }) => agentId),
            )
            .execute();
        });
    }),
});
