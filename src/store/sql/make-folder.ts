import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, errnoOf } from '../../platform/errors.ts';

/**
 * Makes the folder and those above it. Node's `recursive` option never returns where the system neither
 * has the folder nor makes it, as under /proc. Throws 'store-down'.
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
    // Another instance may have made it in between.
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
