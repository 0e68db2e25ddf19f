import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { connectPostgres } from '../store/postgres.ts';
import { startPostgresServer } from '../store/postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server that all tests share. */
    readonly postgresUrl: string;
    /** A database on it that is up to date and empty: a copy of it is sooner there than a new one. */
    readonly postgresTemplate: string;
  }
}

/** One PostgreSQL for the whole run; each test makes databases of its own on it. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgresServer();
  const postgres = await connectPostgres(server.url);
  const template = await postgres.emptyDatabase();
  await (await openStore({ url: template, clock: fakeClock(), log: silentLog })).close();
  await postgres.stop();
  provide('postgresUrl', server.url);
  provide('postgresTemplate', new URL(template).pathname.slice(1));
  return server.stop;
};
