import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

const buildScript = (): string => {
  const { scripts } = z
    .object({ scripts: z.object({ build: z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.build;
};

/** Beside the packages, so that what stands in it finds them. */
export const folderBesidePackages = (): string =>
  mkdtempSync(join(root, 'node_modules', '.programs-'));

const run = async (command: string): Promise<void> => {
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the build ended with ${code}`);
};

/** What `npm run build` builds, by the same words, but into this folder. */
export const buildAsShipped = (folder: string): Promise<void> =>
  run(buildScript().replace('--outdir=dist', `--outdir=${folder}`));

/** A program of the tests, built as the shipped ones are. */
export const buildLikeShipped = (source: string, folder: string): Promise<void> =>
  run(
    buildScript()
      .replace(/src\/main\.ts .*? --bundle/u, `${source} --bundle`)
      .replace(/ --outbase=\S+ --outdir=dist/u, ` --outdir=${folder}`),
  );
