import { sql } from 'kysely';
import type { OutboxDraft } from '../../../platform/outbox.ts';
import { grouped, inStatements, keyOf, toJson } from '../../sql/rows.ts';
import type { Db } from '../../sql/tables.ts';

/** A card that was never posted must be posted, even when the newest draft is an update. */
const merged = (one: OutboxDraft | undefined, other: OutboxDraft): OutboxDraft =>
  one === undefined
    ? other
    : {
        ...other,
        kind: one.kind === 'post' ? 'post' : other.kind,
        dueAt: Math.min(one.dueAt, other.dueAt),
      };

/** Of each card one draft; those of a conversation stay in the order they came. */
const newest = (drafts: readonly OutboxDraft[]): readonly OutboxDraft[] =>
  grouped(drafts, (draft) => toJson(keyOf(draft))).flatMap(([, some]) => {
    const cards = new Map<string, OutboxDraft>();
    for (const draft of some) cards.set(draft.card, merged(cards.get(draft.card), draft));
    return [...cards.values()];
  });

/** The same rule between the row that waits and the new one. */
export const postWins = sql<string>`case when outbox.kind = 'post' then 'post' else excluded.kind end`;

/** `correlationId` names the work that the drafts come from. */
export const enqueue = async (
  db: Db,
  drafts: readonly OutboxDraft[],
  correlationId: string | undefined,
): Promise<void> => {
  const conversations = grouped(drafts, (draft) => toJson(keyOf(draft))).flatMap(([, some]) =>
    some.slice(0, 1).map((draft) => ({ ...keyOf(draft), claimedUntil: 0 })),
  );
  await inStatements(conversations, (some) =>
    db
      .insertInto('lanes')
      .values(some)
      // Locks the queues: of two writers at once each could wait for a card of the other.
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'conversationKey'])
          .doUpdateSet((eb) => ({ claimedUntil: eb.ref('lanes.claimedUntil') })),
      )
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
          correlationId: correlationId ?? null,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'conversationKey', 'card'])
          .where('state', '=', sql.lit('queued'))
          .doUpdateSet((eb) => ({
            payload: eb.ref('excluded.payload'),
            correlationId: eb.ref('excluded.correlationId'),
            kind: postWins,
          })),
      )
      .execute(),
  );
};
