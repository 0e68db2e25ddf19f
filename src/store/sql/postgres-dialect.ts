import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../../platform/log.ts';
import { SnakeCasePostgresCompiler } from './snake-case.ts';

/** Times are bigint columns, which pg returns as text; ms since 1970 fit into a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format),
};

class SnakeCasePostgres extends PostgresDialect {
  override createQueryCompiler(): SnakeCasePostgresCompiler {
    return new SnakeCasePostgresCompiler();
  }
}

/** What a statement may take. A connection whose server vanished never answers, so the server's own deadline does not help. */
const deadlines = { statement_timeout: 10_000, query_timeout: 15_000 };

/** A migration may rewrite a large table for minutes; only a lock is waited for no longer than by others. */
const migrationDeadlines = { statement_timeout: 0, lock_timeout: 10_000 };

/** What the connections are for. */
export type PostgresUse = 'work' | 'migrations';

export const postgresDialect = (url: string, log: Logger, use: PostgresUse = 'work'): Dialect => {
  const lost = (): void => log.warn('store.connection-lost');
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    ...(use === 'work' ? deadlines : migrationDeadlines),
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'pingplotter-teams-bot',
  });
  pool.on('error', lost);
  // Between two statements of a transaction nobody else listens, and an error without a listener ends the process.
  pool.on('connect', (client) => client.on('error', lost));
  return new SnakeCasePostgres({ pool });
};
