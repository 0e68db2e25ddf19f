import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** What is known of each agent from poll to poll, and whose act a change of the bot's own was. */
export const changing = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('known_agents')
    .addColumn('account', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('facts', 'text', required)
    .addPrimaryKeyConstraint('known_agents_key', ['account', 'agent_id'])
    .execute();

  await db.schema.alterTable('own_changes').addColumn('by', 'text').execute();
  await db.schema.alterTable('own_changes').addColumn('name', 'text').execute();
};
