import type { Kysely } from 'kysely';
import { zero } from './columns.ts';

/** When a suppressed alert was last written, so that those that nobody follows any more can be pruned. */
export const datingSuppressed = (db: Kysely<unknown>): Promise<void> =>
  db.schema.alterTable('suppressed_alerts').addColumn('at', 'bigint', zero).execute();
