import type { Kysely } from 'kysely';
import { ofConversation, required } from './columns.ts';

/** Messages that were not sent when they were due, and the alerts that go on below silences. */
export const suppressing = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('suppressions'))
    .addColumn('at', 'bigint', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('what', 'text', required)
    .addColumn('why', 'text', required)
    .addColumn('agent_name', 'text', required)
    .addColumn('count', 'integer', required)
    .addPrimaryKeyConstraint('suppressions_key', [
      'account',
      'conversation_key',
      'at',
      'agent_id',
      'what',
      'why',
    ])
    .execute();
  await db.schema.createIndex('suppressions_at').on('suppressions').column('at').execute();

  await ofConversation(db.schema.createTable('suppressed_alerts'))
    .addColumn('agent_id', 'text', required)
    .addColumn('detail', 'text', required)
    .addPrimaryKeyConstraint('suppressed_alerts_key', ['account', 'conversation_key', 'agent_id'])
    .execute();
};
