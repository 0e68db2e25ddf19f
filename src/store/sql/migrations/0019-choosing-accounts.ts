import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** Which account a conversation sees. */
export const choosingAccounts = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('account_choices')
    .addColumn('conversation_key', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', required)
    .addColumn('by', 'text', required)
    .addColumn('at', 'bigint', required)
    .execute();
};
