import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** What one instance hears and does, and the one that polls has to know. */
export const sharing = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('hints')
    .addColumn('account', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('mark', 'text', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('hints_key', ['account', 'agent_id'])
    .execute();

  await db.schema
    .createTable('own_changes')
    .addColumn('account', 'text', required)
    .addColumn('agent', 'text', required)
    .addColumn('session', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('at', 'bigint', required)
    .addColumn('until', 'bigint', required)
    .addPrimaryKeyConstraint('own_changes_key', ['account', 'agent', 'session', 'kind'])
    .execute();
};
