import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import {
  buildAsShipped,
  buildLikeShipped,
  folderBesidePackages,
} from '../processes/shipped-build.ts';

import type { Starter } from './shared.ts';

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

/** All programs, in one folder. */
export const buildPrograms: Starter<'programs'> = async () => {
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
  return { value: folder, stop: () => rmSync(folder, { recursive: true, force: true }) };
};
