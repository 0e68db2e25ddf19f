import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

const monitorState = '/dev/shm';

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where temporary folders go: into memory where the system has it, since each commit waits for the disk. */
export const temporaryRoot = isWritable(monitorState) ? monitorState : tmpdir();
