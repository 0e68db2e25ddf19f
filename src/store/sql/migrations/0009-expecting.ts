import type { Kysely } from 'kysely';
import { ofConversation, required } from './columns.ts';

/** When agents were online, when they are expected to be, and what was held back. */
export const expecting = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('presence')
    .addColumn('account', 'text', required)
    .addColumn('shard', 'integer', required)
    .addColumn('day', 'integer', required)
    .addColumn('page', 'text', required)
    .addPrimaryKeyConstraint('presence_key', ['account', 'shard', 'day'])
    .execute();
  await db.schema.createIndex('presence_age').on('presence').columns(['day']).execute();

  await db.schema
    .createTable('set_hours')
    .addColumn('account', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('hours', 'text', required)
    .addColumn('by', 'text', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('set_hours_key', ['account', 'agent_id'])
    .execute();

  await ofConversation(db.schema.createTable('held_back'))
    .addColumn('hour', 'bigint', required)
    .addColumn('page', 'text', required)
    .addPrimaryKeyConstraint('held_back_key', ['account', 'conversation_key', 'hour'])
    .execute();
  await db.schema
    .createIndex('held_back_age')
    .on('held_back')
    .columns(['account', 'hour'])
    .execute();
};
