import { sql } from 'kysely';
import type { Conversation } from '../../platform/conversation.ts';
import { keyOf } from '../sql/rows.ts';
import type { ConversationColumns, Db } from '../sql/tables.ts';

interface NumberingTable extends ConversationColumns {
  thing: string;
  last: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly numbering: NumberingTable;
  }
}

const key = ['account', 'conversationKey', 'thing'] as const;

/** People name watches and alerts by their numbers. */
export const numberingTable = { key };

/** Returns the first of `count` numbers. No number is given out twice, even after its alert is deleted. */
export const takeNumbers = async (
  db: Db,
  conversation: Conversation,
  thing: 'watch' | 'alert' | 'schedule',
  count: number,
): Promise<number> => {
  const { last } = await db
    .insertInto('numbering')
    .values({ ...keyOf(conversation), thing, last: count })
    .onConflict((conflict) =>
      conflict.columns(key).doUpdateSet({ last: sql`numbering.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
};
