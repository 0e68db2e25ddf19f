import { afterAll, beforeAll } from 'vitest';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import { storeTaken, type Taken } from './store-taken.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);
afterAll(() => postgres.stop());

const closedServer = async (): Promise<Taken> => {
  const url = await postgres.newDatabase();
  const elsewhere = new URL(url);
  elsewhere.pathname = '/postgres';
  const allow = (allowed: boolean) =>
    postgres.run(
      elsewhere.href,
      `alter database ${new URL(url).pathname.slice(1)} with allow_connections ${allowed}`,
    );
  return {
    url,
    take: async () => {
      await allow(false);
      await postgres.disconnect(url);
    },
    giveBack: () => allow(true),
  };
};

storeTaken('a PostgreSQL that lets nobody in', closedServer);
