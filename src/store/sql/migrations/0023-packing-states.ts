import { type Kysely, sql } from 'kysely';
import { type Engine, required } from './columns.ts';

/**
 * A storm writes tens of thousands of states in one poll, and SQLite stored the key of each twice: in the table and in
 * the index of its key. Without a row number the table is the index.
 */
export const packingStates = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  if (engine === 'postgres') return;
  await db.schema
    .createTable('alert_states_packed')
    .addColumn('account', 'text', required)
    .addColumn('watch_id', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('session_id', 'text', required)
    .addColumn('state', 'text', required)
    .addPrimaryKeyConstraint('alert_states_key', ['watch_id', 'agent_id', 'session_id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await sql`
    insert into alert_states_packed (account, watch_id, agent_id, session_id, state)
    select account, watch_id, agent_id, session_id, state from alert_states
    order by watch_id, agent_id, session_id
  `.execute(db);
  await db.schema.dropTable('alert_states').execute();
  await db.schema.alterTable('alert_states_packed').renameTo('alert_states').execute();
};
