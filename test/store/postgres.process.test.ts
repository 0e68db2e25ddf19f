import { afterAll, beforeAll } from 'vitest';
import { plansContract } from '../contracts/plans.ts';
import { storeContract } from '../contracts/store.ts';
import { unreadableRowsContract } from '../contracts/unreadable-rows.ts';
import { versionBeforeContract } from '../contracts/version-before.ts';
import { bedOn } from './bed.ts';
import type { Postgres } from './postgres.ts';
import { postgresFaults } from './postgres-faults.ts';
import { sharedPostgres } from './shared-postgres.ts';

/** All that holds on SQLite too, with a server that is started for the run. */

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);

afterAll(() => postgres.stop());

const newUrl = (): Promise<string> => postgres.newDatabase();

storeContract('PostgreSQL', async () => bedOn(await newUrl()));
postgresFaults(() => postgres);
unreadableRowsContract('PostgreSQL', newUrl);
versionBeforeContract('PostgreSQL', newUrl);
plansContract('PostgreSQL', { newUrl, explain: 'explain', prepare: 'analyze' });
