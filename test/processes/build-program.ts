import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAsShipped } from './shipped-build.ts';

export interface Program {
  /** For Node to run. */
  readonly script: string;
  remove(): void;
}

/** Builds a program of src, named by its path there, into a folder of its own. */
export const buildProgram = async (source: string): Promise<Program> => {
  const folder = await buildAsShipped();
  return {
    script: join(folder, source.replace(/\.ts$/u, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
