import type { Kysely } from 'kysely';
import { required, zero } from './columns.ts';

/** Where the audit log's chain begins once its oldest entries are pruned. */
export const auditing = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('audit_head').addColumn('pruned_seq', 'bigint', zero).execute();
  await db.schema
    .alterTable('audit_head')
    .addColumn('pruned_hash', 'text', (column) => required(column).defaultTo(''))
    .execute();
};
