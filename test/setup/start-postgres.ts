import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { connectPostgres } from '../store/postgres.ts';
import { startPostgresServer } from '../store/postgres-server.ts';
import type { Starter } from './shared.ts';

/** Each test makes databases of its own on it: copies of one that is up to date and empty, which are sooner there. */
export const startPostgres: Starter<'postgres'> = async () => {
  const server = await startPostgresServer();
  const postgres = await connectPostgres(server.url);
  const url = await postgres.emptyDatabase();
  await (await openStore({ url, clock: fakeClock(), log: silentLog })).close();
  await postgres.stop();
  const template = new URL(url).pathname.slice(1);
  return { value: { url: server.url, template }, stop: server.stop };
};
