import type { Kysely } from 'kysely';

/** Who takes care of an alert, until when, and what people wrote about it. */
export const caring = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('alerts').addColumn('ack_until', 'bigint').execute();
  await db.schema.alterTable('alerts').addColumn('assigned_to', 'text').execute();
  await db.schema.alterTable('alerts').addColumn('notes', 'text').execute();
};
