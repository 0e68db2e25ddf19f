import { sharedServer } from '../setup/shared.ts';
import { connectPostgres, type Postgres } from './postgres.ts';

/** The server of the whole run; `stop` lets go of it and leaves it running. */
export const sharedPostgres = async (): Promise<Postgres> => {
  const { url, template } = await sharedServer();
  return connectPostgres(url, template);
};
