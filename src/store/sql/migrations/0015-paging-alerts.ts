import type { Kysely } from 'kysely';

/** Open alerts are read page by page, in the order of this index. */
export const pagingAlerts = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.dropIndex('alerts_closed').execute();
  await db.schema
    .createIndex('alerts_closed')
    .on('alerts')
    .columns(['closed_at', 'opened_at', 'number', 'id'])
    .execute();
};
