import { type Kysely, sql } from 'kysely';
import { type Engine, required, running, zero } from './columns.ts';

/** What was seen, measured, done and allowed. */
export const remembering =
  (engine: Engine) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .createTable('seen_sessions')
      .addColumn('account', 'text', required)
      .addColumn('agent_id', 'text', required)
      .addColumn('session_id', 'text', required)
      .addColumn('name', 'text', required)
      .addColumn('address', 'text')
      .addColumn('paused_by', 'text')
      .addPrimaryKeyConstraint('seen_sessions_key', ['account', 'agent_id', 'session_id'])
      .execute();

    await running(db.schema.createTable('sample_pages'), 'id', engine)
      .addColumn('account', 'text', required)
      .addColumn('shard', 'integer', required)
      .addColumn('at', 'bigint', required)
      .addColumn('thinned', 'integer', required)
      .addColumn('page', 'text', required)
      .execute();
    await db.schema
      .createIndex('sample_pages_place')
      .on('sample_pages')
      .columns(['account', 'shard', 'at'])
      .execute();
    await db.schema
      .createIndex('sample_pages_age')
      .on('sample_pages')
      .columns(['thinned', 'at'])
      .execute();

    await db.schema
      .createTable('confirmations')
      .addColumn('token', 'text', (token) => token.primaryKey().notNull())
      .addColumn('tenant_id', 'text', required)
      .addColumn('person_id', 'text', required)
      .addColumn('verb', 'text', required)
      .addColumn('subject', 'text', required)
      .addColumn('expires_at', 'bigint', required)
      .addColumn('used_at', 'bigint')
      .execute();

    await running(db.schema.createTable('changes'), 'seq', engine)
      .addColumn('id', 'text', (id) => id.notNull().unique())
      .addColumn('tenant_id', 'text', required)
      .addColumn('conversation_key', 'text', required)
      .addColumn('person_id', 'text', required)
      .addColumn('at', 'bigint', required)
      .addColumn('taken_back', 'integer', zero)
      .addColumn('change', 'text', required)
      .execute();
    await db.schema
      .createIndex('changes_person')
      .on('changes')
      .columns(['tenant_id', 'conversation_key', 'person_id'])
      .execute();

    await db.schema
      .createTable('grants')
      .addColumn('account', 'text', required)
      .addColumn('tenant_id', 'text', required)
      .addColumn('person_id', 'text', required)
      .addColumn('person_name', 'text', required)
      .addColumn('role', 'text', required)
      .addColumn('by', 'text', required)
      .addColumn('at', 'bigint', required)
      .addPrimaryKeyConstraint('grants_key', ['account', 'tenant_id', 'person_id'])
      .execute();

    await db.schema
      .createTable('audit')
      .addColumn('seq', 'bigint', (seq) => seq.primaryKey().notNull())
      .addColumn('account', 'text', required)
      .addColumn('tenant_id', 'text', required)
      .addColumn('person_id', 'text', required)
      .addColumn('agent_id', 'text')
      .addColumn('at', 'bigint', required)
      .addColumn('entry', 'text', required)
      .addColumn('hash', 'text', required)
      .execute();
    await db.schema.createIndex('audit_time').on('audit').columns(['account', 'at']).execute();

    await db.schema
      .createTable('audit_head')
      .addColumn('id', 'integer', (id) => id.primaryKey().notNull())
      .addColumn('seq', 'bigint', required)
      .addColumn('hash', 'text', required)
      .execute();
    await sql`insert into audit_head (id, seq, hash) values (1, 0, '')`.execute(db);

    await db.schema
      .createTable('seen_activities')
      .addColumn('conversation_key', 'text', required)
      .addColumn('activity_id', 'text', required)
      .addColumn('at', 'bigint', required)
      .addPrimaryKeyConstraint('seen_activities_key', ['conversation_key', 'activity_id'])
      .execute();
  };
