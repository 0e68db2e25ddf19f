import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aFolder } from '../store/a-folder.ts';
import { passUntil } from './pass.ts';
import { Readiness, storeTaken, type Taken } from './store-taken.ts';

const lockedFile = async (): Promise<Taken> => {
  const path = join(aFolder(), 'bot.db');
  const other = new Libsql(path, { timeout: 10_000 });
  return {
    url: `file:${path}`,
    take: async () => void other.exec('begin immediate'),
    giveBack: async () => void other.exec('rollback'),
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

storeTaken('a locked SQLite file', lockedFile);

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
