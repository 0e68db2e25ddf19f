import type { Kysely } from 'kysely';
import { ofConversation, required, zero } from './columns.ts';

/** Pauses that come again, and what became of each agent in the window that is open. */
export const scheduling = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('schedules'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', required)
    .addColumn('subject', 'text', required)
    .addColumn('times', 'text', required)
    .addColumn('by', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('phase', 'text', required)
    .addColumn('due_at', 'bigint', required)
    .addColumn('window_from', 'bigint')
    .addColumn('window_until', 'bigint')
    .addColumn('skip', 'bigint')
    .addColumn('trouble', 'text')
    .addColumn('ended_at', 'bigint')
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'bigint', zero)
    .execute();
  await db.schema.createIndex('schedules_due').on('schedules').column('due_at').execute();

  await db.schema
    .createTable('scheduled_agents')
    .addColumn('account', 'text', required)
    .addColumn('schedule_id', 'text', required)
    .addColumn('agent_id', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('sessions', 'text', required)
    .addColumn('problem', 'text')
    .addPrimaryKeyConstraint('scheduled_agents_key', ['schedule_id', 'agent_id'])
    .execute();

  await db.schema.alterTable('timed_resumes').addColumn('schedule_id', 'text').execute();
  await db.schema
    .createIndex('timed_resumes_schedule')
    .on('timed_resumes')
    .column('schedule_id')
    .execute();
};
