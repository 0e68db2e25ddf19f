import type { CardMessages } from '../../platform/outbox.ts';
import { keyOf } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

export const createCardMessages = (db: Db): CardMessages => ({
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
  cardOf: async (conversation, messageId) => {
    const row = await db
      .selectFrom('cardMessages')
      .select('card')
      .where((eb) => eb.and({ ...keyOf(conversation), messageId }))
      .executeTakeFirst();
    return row?.card;
  },
  forget: async (conversation, messageId) => {
    await db
      .deleteFrom('cardMessages')
      .where((eb) => eb.and({ ...keyOf(conversation), messageId }))
      .execute();
  },
});
