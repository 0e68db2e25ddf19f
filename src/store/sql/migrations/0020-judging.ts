import type { Kysely } from 'kysely';
import { required } from './columns.ts';

/** What people say of the causes that alerts named. */
export const judging = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('verdicts')
    .addColumn('account', 'text', required)
    .addColumn('alert_id', 'text', required)
    .addColumn('person_id', 'text', required)
    .addColumn('rule', 'text', required)
    .addColumn('is_right', 'integer', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('verdicts_key', ['account', 'alert_id', 'person_id'])
    .execute();
};
