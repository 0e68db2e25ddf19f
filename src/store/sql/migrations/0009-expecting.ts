import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** When agents were online, and when somebody expects them to be. */
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
};
