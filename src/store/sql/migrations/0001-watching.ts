import type { Kysely } from 'kysely';
import { type Engine, ofConversation, required, running, zero } from './columns.ts';

/** Where the bot may speak, what it watches there and what it has told. */
export const watching =
  (engine: Engine) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await ofConversation(db.schema.createTable('installations'))
      .addColumn('tenant_id', 'text', required)
      .addColumn('service_url', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('bot_id', 'text', required)
      .addColumn('bot_name', 'text')
      .addColumn('channel_id', 'text', required)
      .addColumn('label', 'text')
      .addColumn('state', 'text', required)
      .addColumn('dead_reason', 'text')
      .addColumn('last_error', 'text')
      .addColumn('last_error_at', 'bigint')
      .addColumn('sent', 'integer', zero)
      .addColumn('failed', 'integer', zero)
      .addPrimaryKeyConstraint('installations_key', ['account', 'conversation_key'])
      .execute();

    await ofConversation(db.schema.createTable('watches'))
      .addColumn('id', 'text', (id) => id.primaryKey().notNull())
      .addColumn('number', 'integer', required)
      .addColumn('filter', 'text', required)
      .addColumn('rule', 'text', required)
      .addColumn('quiet_hours', 'text')
      .addColumn('made_by', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .addUniqueConstraint('watches_number', ['account', 'conversation_key', 'number'])
      .execute();

    await db.schema
      .createTable('alert_states')
      .addColumn('account', 'text', required)
      .addColumn('watch_id', 'text', required)
      .addColumn('agent_id', 'text', required)
      .addColumn('session_id', 'text', required)
      .addColumn('state', 'text', required)
      .addPrimaryKeyConstraint('alert_states_key', ['watch_id', 'agent_id', 'session_id'])
      .execute();

    await ofConversation(db.schema.createTable('alerts'))
      .addColumn('id', 'text', (id) => id.primaryKey().notNull())
      .addColumn('number', 'integer', required)
      .addColumn('watch_id', 'text', required)
      .addColumn('agent_id', 'text', required)
      .addColumn('session_id', 'text', required)
      .addColumn('group_id', 'text')
      .addColumn('opened_at', 'bigint', required)
      .addColumn('closed_at', 'bigint')
      .addColumn('acked_by', 'text')
      .addColumn('acked_at', 'bigint')
      .addColumn('detail', 'text', required)
      .addUniqueConstraint('alerts_number', ['account', 'conversation_key', 'number'])
      .execute();
    await db.schema.createIndex('alerts_group').on('alerts').column('group_id').execute();
    await db.schema.createIndex('alerts_closed').on('alerts').column('closed_at').execute();

    await ofConversation(running(db.schema.createTable('card_messages'), 'id', engine))
      .addColumn('card', 'text', required)
      .addColumn('message_id', 'text', required)
      .addColumn('at', 'bigint', required)
      .addUniqueConstraint('card_messages_message', ['account', 'conversation_key', 'message_id'])
      .execute();
    await db.schema.createIndex('card_messages_card').on('card_messages').column('card').execute();

    await ofConversation(db.schema.createTable('numbering'))
      .addColumn('thing', 'text', required)
      .addColumn('last', 'integer', required)
      .addPrimaryKeyConstraint('numbering_key', ['account', 'conversation_key', 'thing'])
      .execute();
  };
