import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from '../core/errno.ts';
import { AppError } from '../core/errors.ts';

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const refused = (error: unknown): AppError =>
  new AppError(
    'store-down',
    `the folder of the database file cannot be made (${errnoOf(error) ?? 'unknown'})`,
    { cause: error },
  );

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
