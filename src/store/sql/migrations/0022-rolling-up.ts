import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** Scores by the hour, for 90 days. */
export const rollingUp = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('roll_ups')
    .addColumn('account', 'text', required)
    .addColumn('shard', 'integer', required)
    .addColumn('day', 'integer', required)
    .addColumn('page', 'text', required)
    .addPrimaryKeyConstraint('roll_ups_key', ['account', 'shard', 'day'])
    .execute();
  await db.schema.createIndex('roll_ups_day').on('roll_ups').column('day').execute();
};
