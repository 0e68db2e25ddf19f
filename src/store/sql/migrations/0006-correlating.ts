import type { Kysely } from 'kysely';

/** Which turn or sweep a message comes from. */
export const correlating = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('outbox').addColumn('correlation_id', 'text').execute();
};
