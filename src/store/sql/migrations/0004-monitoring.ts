import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** What the monitor knows between two sweeps, and for whom a conversation is written. */
export const monitoring = async (db: Kysely<unknown>): Promise<void> => {
  for (const column of ['person_id', 'time_zone', 'locale'])
    await db.schema.alterTable('installations').addColumn(column, 'text').execute();

  await db.schema
    .createTable('documents')
    .addColumn('account', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('value', 'text', required)
    .addPrimaryKeyConstraint('documents_key', ['account', 'name'])
    .execute();
};
