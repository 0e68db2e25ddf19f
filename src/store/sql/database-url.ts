import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, errnoOf } from '../../platform/errors.ts';

export type DatabaseUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

/** `file:` with a path, relative ones too, or `postgres://`. */
export const readDatabaseUrl = (url: string): DatabaseUrl => {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  if (url.startsWith('file://')) return { engine: 'sqlite', path: fileURLToPath(url) };
  const path = url.startsWith('file:') ? url.slice('file:'.length) : '';
  if (path === '') throw new AppError('bad-input', 'DATABASE_URL is neither file: nor postgres://');
  return { engine: 'sqlite', path };
};

/** Whether it is a file that is not there: opening it would make one. */
export const isMissing = (url: string): boolean => {
  const database = readDatabaseUrl(url);
  return database.engine === 'sqlite' && !existsSync(database.path);
};

/**
 * Makes the folder of the database file with those above it. Node's own `recursive` never comes back
 * where the system says that a folder is missing and will not make it either, as under /proc. Throws
 * 'store-down'.
 */
export const makeFolder = (folder: string): void => {
  try {
    make(folder);
  } catch (error) {
    throw refused(error);
  }
};

const make = (folder: string): void => {
  if (exists(folder)) return;
  const above = dirname(folder);
  if (above !== folder) make(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another instance may have made it meanwhile.
    if (!exists(folder)) throw error;
  }
};

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const refused = (error: unknown): AppError =>
  new AppError(
    'store-down',
    `the folder of the database file cannot be made (${errnoOf(error) ?? 'unknown'})`,
    { cause: error },
  );
