import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Program {
  /** For Node to run. */
  readonly script: string;
  remove(): void;
}

/** Builds a program of src, named by its path there, into a folder of its own. */
export const buildProgram = async (source: string): Promise<Program> => {
  // Beside the packages, so that it finds them.
  const folder = mkdtempSync(resolve('node_modules', '.program-'));
  const script = join(folder, source.replace(/\.ts$/u, '.js'));
  await build({
    entryPoints: [resolve(import.meta.dirname, '../../src', source)],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return { script, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
