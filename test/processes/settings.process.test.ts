import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from '../store/a-folder.ts';
import { aProject } from './programs.ts';

it('npm run settings exports, shows what would change, changes it, and refuses what is wrong', async () => {
  const url = `file:${join(aFolder(), 'bot.db')}`;
  const store = await openStore({ url, clock: fakeClock(), log: silentLog });
  const rule = { filter: 'boise', quality: { word: 'poor' }, offline: true } as const;
  const watch = { ...ops, filter: 'boise', rule, madeBy: ada, createdAt: 1 };
  await store.watches.add(watch);
  const project = aProject();
  const settings = (...words: readonly string[]) =>
    project.run('cli/settings.js', { DATABASE_URL: url }, ...words);
  const file = (name: string) => project.path(name);
  expect(await settings('export', file('settings.yaml'))).toMatchObject({ code: 0, stdout: '' });
  const text = readFileSync(file('settings.yaml'), 'utf8');
  expect((await settings('export')).stdout).toBe(text);
  expect(await settings('import', file('settings.yaml'))).toMatchObject({
    code: 0,
    stdout: '0 added, 0 deleted, 1 unchanged.\n',
  });
  const changed = text.replace('filter: boise', 'filter: denver');
  project.write('changed.yaml', changed);
  const lines =
    '- watch in 19:ops: Poor or offline, boise\n+ watch in 19:ops: Poor or offline, denver\n';
  expect(await settings('import', file('changed.yaml'), '--dry-run')).toMatchObject({
    code: 0,
    stdout: `${lines}1 added, 1 deleted, 0 unchanged.\n`,
  });
  expect(await store.watches.list(ops)).toMatchObject([{ filter: 'boise' }]);
  await settings('import', file('changed.yaml'), '--keep');
  expect(await store.watches.list(ops)).toMatchObject([{ filter: 'boise' }, { filter: 'denver' }]);
  await settings('import', file('changed.yaml'));
  expect(await store.watches.list(ops)).toMatchObject([{ filter: 'denver' }]);
  project.write('wrong.yaml', text.replace('word: poor', 'word: worse'));
  expect(await settings('import', file('wrong.yaml'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/wrong\.yaml:\d+:\d+: .*Nothing was imported\.\n$/su),
  });
  expect(await store.watches.list(ops)).toMatchObject([{ filter: 'denver' }]);
  expect(await settings('import', file('wrong.yaml'), '--force')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Unknown option '--force'"),
  });
  expect(await settings('--help')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('npm run settings -- import <file> [--dry-run] [--keep]'),
  });
  // Of several accounts each has its own; what is stored belongs to none of these.
  project.write('accounts.yaml', accounts);
  const several = (...words: readonly string[]) =>
    project.run(
      'cli/settings.js',
      { DATABASE_URL: url, ACCOUNTS_FILE: file('accounts.yaml'), KEY: 'key' },
      ...words,
    );
  expect((await several('export')).stdout).toMatch(/ {2}acme:\n[\s\S]* {2}globex:\n/u);
  expect(await several('import', file('settings.yaml'))).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /:5:3: should be an account that the bot has: “acme”, “globex”\nNothing was imported\.\n$/u,
    ),
  });
  await store.close();
});

const accounts = `accounts:
  - { name: acme, subdomain: acme, apiKeyEnv: KEY, tenants: [one] }
  - { name: globex, subdomain: globex, apiKeyEnv: KEY, tenants: [two] }
`;
