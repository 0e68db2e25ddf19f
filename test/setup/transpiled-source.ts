import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Plugin as BuildPlugin, build, type OutputFile } from 'esbuild';
import type { Vite } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'src');
/** As deep as `src`: some files name others by their own place. */
const target = join(root, '.transpiled');

export const transpiledPath = /\/\.transpiled\//u;

const inJavaScript = (path: string): string => path.replace(/\.ts$/u, '.js');

/** Each file stays one of its own, so that no module is there twice. */
const eachAlone: BuildPlugin = {
  name: 'each-alone',
  setup: ({ onResolve }) => {
    // esbuild reads the filter as an expression of Go, which knows no flag "u".
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: inJavaScript(path), external: true },
    );
  },
};

const writeIfNew = ({ path, contents }: OutputFile): void => {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
};

const transpile = async (): Promise<void> => {
  const { outputFiles } = await build({
    entryPoints: readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(source, path)),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    outbase: source,
    outdir: target,
    write: false,
    plugins: [eachAlone],
    logLevel: 'warning',
  });
  for (const file of outputFiles) writeIfNew(file);
};

/**
 * Lets Node itself load `src`, as esbuild makes it for the shipped programs too. Vitest's own loader takes each worker
 * eight seconds for it, and calls between modules go through a getter each. Not while Vitest watches: it
 * follows only what it loads itself.
 */
export const transpiledSource = (): Vite.Plugin => {
  let isOn = false;
  let written: Promise<void> | undefined;
  return {
    name: 'transpiled-source',
    enforce: 'pre',
    configureVitest: ({ vitest }) => {
      isOn = !vitest.config.watch && !vitest.config.coverage.enabled;
    },
    // Not at `buildStart`: that comes before Vitest says whether it watches.
    resolveId: async (id, importer) => {
      if (!isOn || importer === undefined || !id.startsWith('.') || !id.endsWith('.ts')) return;
      const path = resolve(dirname(importer), id);
      if (!path.startsWith(source + sep) || !existsSync(path)) return;
      written ??= transpile();
      await written;
      return inJavaScript(join(target, relative(source, path)));
    },
  };
};
