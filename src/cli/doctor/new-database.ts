import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readDatabaseUrl } from '../../store/database-url.ts';

const nothing = (): void => {};

/** SQLite's own files beside the database. */
const suffixes = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Asked before a database is opened: takes away again what opening makes, if there is none yet. Left
 * behind, the file would belong to whoever ran this, and the bot could not write to it.
 */
export const forgetterOf = (databaseUrl: string): (() => void) => {
  const database = readDatabaseUrl(databaseUrl);
  if (database.engine !== 'sqlite') return nothing;
  const path = resolve(database.path);
  if (existsSync(path)) return nothing;
  const folders = missingFolders(dirname(path));
  return () => {
    for (const suffix of suffixes) rmSync(`${path}${suffix}`, { force: true });
    try {
      for (const folder of folders) rmdirSync(folder);
    } catch {
      // Somebody else has put something there meanwhile, or it was never made.
    }
  };
};

/** The deepest one first. */
const missingFolders = (folder: string): readonly string[] =>
  existsSync(folder) ? [] : [folder, ...missingFolders(dirname(folder))];
