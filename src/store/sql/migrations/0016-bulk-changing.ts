import type { Kysely } from 'kysely';
import { ofConversation, required, zero } from './columns.ts';

/** Bulk jobs, with a row for each agent. */
export const bulkChanging = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('bulk_jobs'))
    .addColumn('id', 'text', (id) => id.primaryKey())
    .addColumn('state', 'text', required)
    .addColumn('turn', 'bigint', zero)
    .addColumn('at', 'bigint', required)
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('until', 'bigint')
    .addColumn('uninstall', 'integer', zero)
    .addColumn('taken_back', 'integer', zero)
    .addColumn('retried', 'integer', zero)
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'bigint', zero)
    .addColumn('job', 'text', required)
    .execute();
  await db.schema
    .createIndex('bulk_jobs_here')
    .on('bulk_jobs')
    .columns(['account', 'conversation_key', 'state', 'turn'])
    .execute();
  await db.schema.createIndex('bulk_jobs_state').on('bulk_jobs').column('state').execute();

  await db.schema
    .createTable('bulk_members')
    .addColumn('job', 'text', required)
    .addColumn('place', 'integer', required)
    .addColumn('account', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('why', 'text')
    .addColumn('member', 'text', required)
    .addColumn('before', 'text')
    .addPrimaryKeyConstraint('bulk_members_key', ['job', 'place'])
    .execute();
  await db.schema
    .createIndex('bulk_members_state')
    .on('bulk_members')
    .columns(['job', 'state', 'place'])
    .execute();

  // An agent is in the hands of one job at most: the key refuses a second one.
  await db.schema
    .createTable('bulk_holds')
    .addColumn('account', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('job', 'text', required)
    .addPrimaryKeyConstraint('bulk_holds_key', ['account', 'agent_id'])
    .execute();
};
