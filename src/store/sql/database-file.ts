import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../../platform/log.ts';
import { inTrouble } from './errors.ts';

/** A commit of a large poll takes more, and where less is left it fails within minutes. */
const leastBytesFree = 2 ** 20;

/** The file of an open database. */
export interface DatabaseFile {
  /** Logs once when the file of that name is another one by now, or none: all that is written is lost at the stop. */
  look(): void;
  /** Throws 'store-down' when the file is gone, or the disk has no room for the next commit. */
  inspect(): void;
}

/** Unlimited where the system does not say. */
const freeAround = (path: string): number => {
  try {
    const { bavail, bsize, blocks } = statfsSync(dirname(path));
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

/** Call it once the file is there. */
export const watchedFile = (
  path: string,
  log: Logger,
  bytesFree: (path: string) => number = freeAround,
): DatabaseFile => {
  const opened = identityOf(path);
  let logged = false;
  const isThere = (): boolean => {
    if (identityOf(path) === opened) return true;
    if (!logged) log.error('store.file-gone');
    logged = true;
    return false;
  };
  return {
    look: () => void isThere(),
    inspect: () => {
      if (!isThere()) throw inTrouble('gone');
      if (bytesFree(path) < leastBytesFree) throw inTrouble('full');
    },
  };
};

const identityOf = (path: string): string | undefined => {
  const file = statSync(path, { throwIfNoEntry: false });
  return file && `${file.dev}:${file.ino}`;
};
