import { sql } from 'kysely';
import type { Conversation } from '../core/stores.ts';
import { keyOf } from './rows.ts';
import type { Db } from './tables.ts';

/** Takes the next numbers of a conversation and gives back the first; none is ever given twice. */
export const takeNumbers = async (
  db: Db,
  conversation: Conversation,
  thing: 'watch' | 'alert',
  count: number,
): Promise<number> => {
  const { last } = await db
    .insertInto('numbering')
    .values({ ...keyOf(conversation), thing, last: count })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'conversationKey', 'thing'])
        .doUpdateSet({ last: sql`numbering.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
};
