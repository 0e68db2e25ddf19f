import { backupBetween, backupContract } from '../contracts/store-backup.ts';
import { sqliteBackups } from './backup-engines.ts';

backupBetween(sqliteBackups, sqliteBackups);
backupContract(sqliteBackups);
