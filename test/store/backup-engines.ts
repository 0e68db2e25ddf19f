import { join } from 'node:path';
import { type BackupEngine, refusal } from '../contracts/store-backup.ts';
import { aDatabase } from './a-database.ts';
import { aFolder } from './a-folder.ts';
import type { Postgres } from './postgres.ts';

export const sqliteBackups: BackupEngine = {
  name: 'SQLite',
  newUrl: () => aDatabase(),
  untouched: async () => `file:${join(aFolder(), 'data', 'bot.db')}`,
  refusal: { code: 'store-down' },
};

export const postgresBackups = (server: () => Postgres): BackupEngine => ({
  name: 'PostgreSQL',
  newUrl: () => server().newDatabase(),
  untouched: () => server().emptyDatabase(),
  refusal: refusal('another version'),
});
