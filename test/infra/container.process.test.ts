import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../src/cli/playground.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { copiesOf, only, type Stage, stagesOf } from './dockerfile.ts';

const root = join(import.meta.dirname, '..', '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const packageFile = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(text('package.json')));

const stages = stagesOf(text('Dockerfile'));
const lastOf = (all: readonly Stage[]): Stage => {
  const stage = all.at(-1);
  if (stage === undefined) throw new Error('no stage');
  return stage;
};
const image = lastOf(stages);
const Words = z.array(z.string());

describe('the Dockerfile', () => {
  it('copies what exists, from stages that exist', () => {
    for (const { from, sources } of stages.flatMap(copiesOf)) {
      if (from === undefined) {
        expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
      } else {
        expect(stages.map(({ name }) => name)).toContain(from);
      }
    }
  });

  it('is given what it copies, and nothing else', () => {
    const lines = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const copied = stages
      .flatMap(copiesOf)
      .flatMap(({ from, sources }) => (from === undefined ? sources : []));
    expect(lines[0]).toBe('*');
    expect(lines.slice(1).toSorted()).toEqual(
      [...new Set(copied)].map((path) => `!${path}`).toSorted(),
    );
  });

  it('builds on one image of Node 22', () => {
    expect([...new Set(stages.map((stage) => stage.image))]).toEqual(['node:22-bookworm-slim']);
  });

  it('runs as somebody who is not root, and is no one else before the end', () => {
    expect(only(image, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    const after = image.instructions.slice(
      image.instructions.findIndex(({ name }) => name === 'USER'),
    );
    expect(after.map(({ name }) => name)).not.toContain('RUN');
  });

  it('starts Node itself, so that signals reach the bot', () => {
    const command = Words.parse(JSON.parse(only(image, 'CMD'))).join(' ');
    expect(packageFile.scripts['start']).toBe(`exec ${command} || ${command}`);
  });

  it('keeps the database where a volume is', () => {
    const volume = only(image, 'VOLUME');
    expect(only(image, 'ENV')).toContain(`DATABASE_URL=file:${volume}/`);
    expect(only(image, 'RUN')).toMatch(new RegExp(`--owner=node .*${volume}$`, 'u'));
  });

  it('brings the packages that the built bot imports', async () => {
    const { metafile } = await build({
      entryPoints: [join(root, 'src/main.ts'), join(root, 'src/cli/audit.ts')],
      outdir: join(root, 'dist'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
      logLevel: 'error',
    });
    const imported = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports)
      .flatMap(({ external, path }) => (external ? [path] : []));
    const packages = imported
      .filter((path) => !path.startsWith('node:') && !builtinModules.includes(path))
      .map((path) =>
        path
          .split('/')
          .slice(0, path.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !(name in packageFile.dependencies))).toEqual([]);
  });
});

describe('the health check of the image', () => {
  const command = Words.parse(
    JSON.parse(/CMD (\[.*\])$/u.exec(only(image, 'HEALTHCHECK'))?.[1] ?? ''),
  );

  const check = async (port: number): Promise<number | null> => {
    const [program, ...args] = command;
    expect(program).toBe('node');
    const child = spawn(process.execPath, args, { env: { PORT: `${port}` }, stdio: 'ignore' });
    await once(child, 'exit');
    return child.exitCode;
  };

  it('is content with a bot that serves, even while PingPlotter is away', async () => {
    const server = createHttpServer({
      refusal: () => undefined,
      receive: async () => ({ status: 200 }),
      ready: async () => ({
        ready: false,
        checks: { store: true, pingplotter: false, monitor: true, delivery: true },
      }),
      metricsText: async () => ({ contentType: 'text/plain', body: '' }),
      onHint: async () => true,
      log: silentLog,
    });
    onTestFinished(() => server.close());
    expect(await check(await server.listen(0, '127.0.0.1'))).toBe(0);
  });

  it('is not content with one that does not answer', async () => {
    expect(await check(await freePort(0))).toBe(1);
  });
});
