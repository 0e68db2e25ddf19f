import { join } from 'node:path';
import { sharedPrograms } from '../setup/shared.ts';

/** The folder of all programs as they were built for this run. */
export const builtFolder = await sharedPrograms();

/** A program for Node to run, named by its path there. */
export const built = (path: string): string => join(builtFolder, path);
