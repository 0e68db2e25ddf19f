import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './migrations/columns.ts';

/** ms since 1970, by the clock of the database. A file is used by processes of one machine, whose clock says `now`. */
export const databaseTime = (engine: Engine, now: number): RawBuilder<number> =>
  engine === 'sqlite'
    ? sql`cast(${now} as integer)`
    : sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
