import { afterAll, beforeAll } from 'vitest';
import { backupBetween, backupContract } from '../contracts/store-backup.ts';
import { postgresBackups, sqliteBackups } from './backup-engines.ts';
import type { Postgres } from './postgres.ts';
import { sharedPostgres } from './shared-postgres.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);

afterAll(() => postgres.stop());

const backups = postgresBackups(() => postgres);
backupBetween(backups, backups);
backupBetween(sqliteBackups, backups);
backupBetween(backups, sqliteBackups);
backupContract(backups);
