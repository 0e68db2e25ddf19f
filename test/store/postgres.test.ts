import { afterAll, beforeAll } from 'vitest';
import { storeContract } from '../contracts/store.ts';
import { bedOn } from './bed.ts';
import type { Postgres } from './postgres.ts';
import { postgresFaults } from './postgres-faults.ts';
import { sharedPostgres } from './shared-postgres.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);

afterAll(() => postgres.stop());

storeContract('PostgreSQL', async () => bedOn(await postgres.newDatabase()));
postgresFaults(() => postgres);
