import { type Kysely, sql } from 'kysely';
import { type Engine, ofConversation, required, running, zero } from './columns.ts';

/** What is to be sent or done at its time, and what holds it back. */
export const sending =
  (engine: Engine) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await ofConversation(db.schema.createTable('lanes'))
      .addColumn('claim', 'text')
      .addColumn('claimed_by', 'text')
      .addColumn('claimed_until', 'bigint', zero)
      .addPrimaryKeyConstraint('lanes_key', ['account', 'conversation_key'])
      .execute();

    await ofConversation(running(db.schema.createTable('outbox'), 'id', engine))
      .addColumn('card', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('payload', 'text', required)
      .addColumn('state', 'text', required)
      .addColumn('attempts', 'integer', required)
      .addColumn('due_at', 'bigint', required)
      .addColumn('claim', 'text')
      .addColumn('in_doubt', 'integer', zero)
      .addColumn('failing_since', 'bigint')
      .addColumn('error', 'text')
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('outbox_waiting')
      .unique()
      .on('outbox')
      .columns(['account', 'conversation_key', 'card'])
      .where(sql.ref('state'), '=', sql.lit('queued'))
      .execute();
    await db.schema
      .createIndex('outbox_due')
      .on('outbox')
      .columns(['account', 'conversation_key', 'due_at'])
      .where(sql.ref('ended_at'), 'is', null)
      .execute();
    await db.schema.createIndex('outbox_ended').on('outbox').column('ended_at').execute();

    await ofConversation(db.schema.createTable('mutes'))
      .addColumn('agent_id', 'text', required)
      .addColumn('until', 'bigint', required)
      .addColumn('by', 'text', required)
      .addPrimaryKeyConstraint('mutes_key', ['account', 'conversation_key', 'agent_id'])
      .execute();

    await ofConversation(db.schema.createTable('maintenance'))
      .addColumn('id', 'text', (id) => id.primaryKey().notNull())
      .addColumn('filter', 'text', required)
      .addColumn('from', 'bigint', required)
      .addColumn('until', 'bigint', required)
      .addColumn('by', 'text', required)
      .execute();

    await ofConversation(db.schema.createTable('digests'))
      .addColumn('schedule', 'text', required)
      .addColumn('due_at', 'bigint', required)
      .addColumn('by', 'text', required)
      .addColumn('told', 'text')
      .addPrimaryKeyConstraint('digests_key', ['account', 'conversation_key'])
      .execute();

    await ofConversation(db.schema.createTable('timed_resumes'))
      .addColumn('id', 'text', (id) => id.primaryKey().notNull())
      .addColumn('agent_id', 'text', required)
      .addColumn('sessions', 'text', required)
      .addColumn('due_at', 'bigint', required)
      .addColumn('by', 'text', required)
      .addColumn('claimed_by', 'text')
      .addColumn('claimed_until', 'bigint', zero)
      .execute();

    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (name) => name.primaryKey().notNull())
      .addColumn('holder', 'text', required)
      .addColumn('expires_at', 'bigint', required)
      .execute();
  };
