import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import {
  buildAsShipped,
  buildLikeShipped,
  folderBesidePackages,
} from '../processes/shipped-build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of all built programs. */
    readonly programs: string;
  }
}

const test = resolve(import.meta.dirname, '..');

/** Programs that only tests start. They are started again and again: whole and small they are there sooner. */
const smallProgram: BuildOptions = {
  bundle: true,
  external: ['libsql', 'pg-native'],
  platform: 'node',
  format: 'cjs',
  minify: true,
  logLevel: 'error',
};

/** All programs are built once for the whole run. */
export const setup = async ({ provide }: TestProject): Promise<() => void> => {
  const folder = folderBesidePackages();
  const own = join(folder, 'test');
  await Promise.all([
    buildAsShipped(folder),
    buildLikeShipped('test/processes/quick-bot.ts', own),
    build({
      ...smallProgram,
      entryPoints: [
        join(test, 'e2e-process/delivering-process.ts'),
        join(test, 'store/endless-writer.ts'),
      ],
      entryNames: '[name]',
      outdir: own,
      outExtension: { '.js': '.cjs' },
    }),
  ]);
  provide('programs', folder);
  return () => rmSync(folder, { recursive: true, force: true });
};
