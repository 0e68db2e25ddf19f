import type { Kysely } from 'kysely';
import { ofConversation, required, zero } from './columns.ts';

/** When the next reminder or escalation of a card is due, and when an acknowledgement ends. */
export const reminding = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('reminders'))
    .addColumn('card', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('round', 'integer', required)
    .addColumn('next', 'integer', required)
    .addColumn('due_at', 'bigint')
    .addColumn('done', 'integer', zero)
    .addPrimaryKeyConstraint('reminders_key', ['account', 'conversation_key', 'card', 'kind'])
    .execute();
  await db.schema.createIndex('reminders_due').on('reminders').column('due_at').execute();
  await db.schema.createIndex('alerts_ack_until').on('alerts').column('ack_until').execute();
};
