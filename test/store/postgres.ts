import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startPostgresServer } from './postgres-server.ts';

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

const withName = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

export interface Postgres {
  /** A new database that holds nothing yet; its tables may be there already. */
  newDatabase(): Promise<string>;
  /** A new database without a table. */
  emptyDatabase(): Promise<string>;
  /** Ends the connections to a database, as a restart of the server does. */
  disconnect(url: string): Promise<void>;
  /** Does to a database what no instance of the bot would do. */
  run(url: string, sql: string): Promise<void>;
  /** What a database says to whom no instance of the bot is. */
  query(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** What tests do to the server behind the URL; `stop` leaves it running. */
export const connectPostgres = async (
  serverUrl: string,
  template = 'template1',
): Promise<Postgres> => {
  const admin = new pg.Client(serverUrl);
  await admin.connect();
  const copyOf = async (original: string): Promise<string> => {
    const name = `bot_${randomUUID().replaceAll('-', '')}`;
    await admin.query(`create database ${name} template ${original}`);
    return withName(serverUrl, name);
  };
  return {
    newDatabase: () => copyOf(template),
    emptyDatabase: () => copyOf('template1'),
    disconnect: async (url) => {
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [nameIn(url)],
      );
    },
    run: async (url, sql) => {
      const client = new pg.Client(url);
      await client.connect();
      await client.query(sql);
      await client.end();
    },
    query: async (url, sql) => {
      const client = new pg.Client(url);
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(sql);
      await client.end();
      return rows;
    },
    stop: () => admin.end(),
  };
};

/** A server of its own, for who runs outside the tests. */
export const startPostgres = async (): Promise<Postgres> => {
  const server = await startPostgresServer();
  const postgres = await connectPostgres(server.url);
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop();
      await server.stop();
    },
  };
};
