import type { Generated } from 'kysely';
import type { CardMessages } from '../../platform/outbox.ts';
import { defineCollection } from '../define-collection.ts';
import { keyOf } from '../sql/rows.ts';
import type { ConversationColumns } from '../sql/tables.ts';
import { showsNoAlert } from './alerts.ts';

interface CardMessageTable extends ConversationColumns {
  id: Generated<number>;
  card: string;
  messageId: string;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly cardMessages: CardMessageTable;
  }
}

/** A message stays stored for longer while its card shows a stored alert. */
const lifetimeMs = 30 * 24 * 60 * 60_000;

export const cardMessages = defineCollection({
  name: 'cardMessages',
  key: ['id'],
  numbered: 'id',
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('cardMessages')
      .where('at', '<', now - lifetimeMs)
      .where(showsNoAlert('cardMessages.card'))
      .execute(),
  open: (db): CardMessages => ({
    add: async (conversation, card, messageId, at) => {
      await db
        .insertInto('cardMessages')
        .values({ ...keyOf(conversation), card, messageId, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    list: async (conversation, card) => {
      const rows = await db
        .selectFrom('cardMessages')
        .select('messageId')
        .where((eb) => eb.and({ ...keyOf(conversation), card }))
        .orderBy('id')
        .execute();
      return rows.map(({ messageId }) => messageId);
    },
    forget: async (conversation, messageId) => {
      await db
        .deleteFrom('cardMessages')
        .where((eb) => eb.and({ ...keyOf(conversation), messageId }))
        .execute();
    },
  }),
});
