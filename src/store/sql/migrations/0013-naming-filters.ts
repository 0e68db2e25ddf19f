import type { Kysely } from 'kysely';
import { ofConversation, required } from './columns.ts';

/** Filters that conversations call by a name, and files that links lead to for an hour. */
export const namingFilters = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('saved_filters'))
    .addColumn('same_name', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('filter', 'text', required)
    .addColumn('by', 'text', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('saved_filters_key', ['account', 'conversation_key', 'same_name'])
    .execute();

  await db.schema
    .createTable('files')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', required)
    .addColumn('text', 'text', required)
    .addColumn('until', 'bigint', required)
    .execute();
};
