import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const memory = '/dev/shm';
/** Containers often have no more than 64 MB there. */
const leastBytes = 2 ** 30;

const isUsable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= leastBytes;
  } catch {
    return false;
  }
};

/** Where temporary folders go: into memory where the system has it, since each commit waits for the disk. */
export const temporaryRoot = isUsable(memory) ? memory : tmpdir();
