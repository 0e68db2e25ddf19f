import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import { aFolder } from '../store/a-folder.ts';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import { builtBot } from './bot-process.ts';
import { aProject } from './programs.ts';
import { setStage } from './stage.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
});
afterAll(() => postgres.stop());

const engines = {
  SQLite: async () => `file:${join(aFolder(), 'bot.db')}`,
  PostgreSQL: () => postgres.newDatabase(),
} as const;

const programsOn = (databaseUrl: string) => {
  const project = aProject();
  return (name: string, ...words: readonly string[]) =>
    project.run(`cli/${name}.js`, { DATABASE_URL: databaseUrl }, ...words);
};

describe.each(['SQLite', 'PostgreSQL'] as const)('a bot on %s', (engine) => {
  it('is backed up while it runs, lost, and back with its watches and its audit log', async () => {
    const { simulator, connector } = await setStage();
    const lost = await engines[engine]();
    const running = await builtBot.instance({ simulator, databaseUrl: lost });
    await running.start();
    const alex = createTeamsUser({ botUrl: running.url, connector });
    await alex.say('watch field.Site:Boise');
    await alex.say('pause lax-12 / crm');
    const file = join(aFolder(), 'bot.jsonl');
    const backedUp = await programsOn(lost)('backup', file);
    expect(backedUp).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Backed up: \d+/u) });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await programsOn(lost)('restore', file, '--force')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('a bot works on this database'),
    });
    await running.kill();
    if (engine === 'SQLite') rmSync(lost.slice('file:'.length));

    const found = await engines[engine]();
    expect(await programsOn(found)('restore', file)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Restored: \d+ rows\. The audit log is whole\.\n$/u),
    });
    const again = await builtBot.instance({ simulator, databaseUrl: found });
    await again.start();
    const later = createTeamsUser({ botUrl: again.url, connector });
    expect((await later.say('watches')).summary).toContain('1 watch');
    expect((await programsOn(found)('audit')).stderr).toBe('The audit log is whole: 2 entries.\n');
  }, 60_000);
});

it('writes over no file, and leaves none behind when it fails', async () => {
  const url = await engines.SQLite();
  const folder = aFolder();
  const file = join(folder, 'bot.jsonl');
  const missing = await programsOn(url)('backup', file);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('no such database') });
  expect([existsSync(file), existsSync(`${file}.part`), existsSync(url.slice(5))]).toEqual([
    false,
    false,
    false,
  ]);
  const taken = programsOn(url);
  const before = readFileSync(import.meta.filename, 'utf8');
  expect((await taken('backup', import.meta.filename)).code).toBe(1);
  expect(readFileSync(import.meta.filename, 'utf8')).toBe(before);
});

it('C10: a backup that somebody edited is refused in words, with exit code 1', async () => {
  const url = await aDatabase();
  const file = join(aFolder(), 'bot.jsonl');
  const run = programsOn(url);
  expect((await run('backup', file)).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"seq":0', '"seq":1'));
  expect(await programsOn(await engines.SQLite())('restore', file)).toMatchObject({
    code: 1,
    stderr:
      'Nothing was done: the file was changed after it was written: restore another backup.\n',
  });
});

it.each(['backup', 'restore', 'audit'])(
  '%s --help says how it is called, and does nothing',
  async (name) => {
    for (const word of ['--help', '-h'])
      expect(await programsOn('mysql://nothing')(name, word)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`npm run ${name}`),
      });
  },
);

it.each([
  ['backup', [], 'The file is missing'],
  ['backup', ['--wrong'], "Unknown option '--wrong'"],
  ['backup', ['one', 'two'], "Unexpected argument 'two'"],
  ['restore', [], 'The file is missing'],
  ['restore', ['--wrong', 'one'], "Unknown option '--wrong'"],
  ['audit', ['--wrong'], "Unknown option '--wrong'"],
])('%s explains itself when asked with %j', async (name, words, why) => {
  const { code, stderr } = await programsOn(await engines.SQLite())(name, ...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`${why}.\nnpm run ${name}`)]);
});

it('a setting that is wrong is named by backup, restore and audit', async () => {
  const run = programsOn('mysql://root:hunter2@host/db');
  for (const [name, ...words] of [['backup', 'a'], ['restore', 'package.json'], ['audit']]) {
    const { code, stderr } = await run(`${name}`, ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining('DATABASE_URL: should be file:')]);
    expect(stderr).not.toContain('hunter2');
  }
});

it('D: a file that cannot be used is named, and not the database', async () => {
  const url = await engines.SQLite();
  const run = programsOn(url);
  const nowhere = join(aFolder(), 'missing', 'bot.jsonl');
  for (const [name, file, why] of [
    ['backup', nowhere, 'written: there is no such file or folder (ENOENT)'],
    ['restore', nowhere, 'read: there is no such file or folder (ENOENT)'],
    ['restore', aFolder(), 'read: it is a folder (EISDIR)'],
  ] as const)
    expect(await run(name, file)).toMatchObject({
      code: 1,
      stderr: `Nothing was done: ${file} cannot be ${why}.\n`,
    });
});
