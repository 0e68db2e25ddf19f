import { join } from 'node:path';
import { inject } from 'vitest';

/** A program as it was built for this run, for Node to run; named by its path there. */
export const built = (path: string): string => join(inject('programs'), path);
