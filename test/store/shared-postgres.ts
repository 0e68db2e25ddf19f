import { inject } from 'vitest';
import { connectPostgres, type Postgres } from './postgres.ts';

/** The server of the whole run; `stop` lets go of it and leaves it running. */
export const sharedPostgres = (): Promise<Postgres> =>
  connectPostgres(inject('postgresUrl'), inject('postgresTemplate'));
