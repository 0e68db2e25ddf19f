import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aFolder } from '../store/a-folder.ts';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import { passUntil } from './pass.ts';

/** A database that can be taken away from the bot, and given back. */
interface Taken {
  readonly url: string;
  readonly take: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
}

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);
afterAll(() => postgres.stop());

const lockedFile = async (): Promise<Taken> => {
  const path = join(aFolder(), 'bot.db');
  const other = new Libsql(path, { timeout: 10_000 });
  return {
    url: `file:${path}`,
    take: async () => void other.exec('begin immediate'),
    giveBack: async () => void other.exec('rollback'),
  };
};

const closedServer = async (): Promise<Taken> => {
  const url = await postgres.newDatabase();
  const elsewhere = new URL(url);
  elsewhere.pathname = '/postgres';
  const allow = (allowed: boolean) =>
    postgres.run(
      elsewhere.href,
      `alter database ${new URL(url).pathname.slice(1)} with allow_connections ${allowed}`,
    );
  return {
    url,
    take: async () => {
      await allow(false);
      await postgres.disconnect(url);
    },
    giveBack: () => allow(true),
  };
};

/** It is still open, so all goes on until the stop; then all would be lost. */
const missingFile = async (): Promise<Taken> => {
  const path = join(aFolder(), 'bot.db');
  return {
    url: `file:${path}`,
    take: async () => renameSync(path, `${path}.away`),
    giveBack: async () => renameSync(`${path}.away`, path),
  };
};

const Readiness = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.boolean()) });

describe.each([
  ['a locked SQLite file', lockedFile],
  ['a PostgreSQL that lets nobody in', closedServer],
])('with %s', (_, aDatabase) => {
  it('the bot answers what needs no store, says so where it does, and is back with it', async () => {
    const database = await aDatabase();
    const clock = fakeClock();
    const environment = { DATABASE_URL: database.url, POLL_SECONDS: '60' };
    const { url, alex, changes } = await startBot({ clock, environment, watching: true });
    const readiness = async () => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, ...Readiness.parse(await response.json()) };
    };
    const ready = async () => (await readiness()).ready;
    await passUntil(clock, ready);

    await database.take();
    expect(await readiness()).toMatchObject({ status: 503, checks: { store: false } });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('bot_ready{check="store"} 0');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(wordsOf((await alex.say('help')).card)).toContain('agents [filter]');
    expect(wordsOf((await alex.say('agents')).card)).toContain('LAX-12');
    await alex.say('pause lax / crm');
    expect(changes()).toHaveLength(1);
    expect(wordsOf((await alex.say('watch')).card)).toContain('database is unavailable');

    await database.giveBack();
    await passUntil(clock, ready, 2000);
    expect(wordsOf((await alex.say('watches')).card)).toContain('Nothing is watched here yet');
    expect((await alex.say('watch')).summary).toContain('Watching 2 agents');
  }, 60_000);
});

it('A14: with a file that is gone, the bot works on, is not ready and says why', async () => {
  const database = await missingFile();
  const clock = fakeClock();
  const environment = { DATABASE_URL: database.url, POLL_SECONDS: '60' };
  const { url, alex, logged } = await startBot({ clock, environment, watching: true });
  const readiness = async () => Readiness.parse(await (await fetch(`${url}/readyz`)).json());
  await passUntil(clock, async () => (await readiness()).ready);
  await database.take();
  expect(await readiness()).toMatchObject({ ready: false, checks: { store: false } });
  expect((await alex.say('watch')).summary).toContain('Watching 2 agents');
  const lines = logged.join('\n');
  expect(lines).toContain('store.file-gone');
  expect(lines).toContain('it was deleted, moved or replaced');
  await database.giveBack();
  expect(await readiness()).toMatchObject({ checks: { store: true } });
}, 60_000);
