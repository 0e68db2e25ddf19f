import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../src/cli/playground.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import { aFolder } from '../store/a-folder.ts';
import { aProject } from './programs.ts';
import { startFakes } from './stage.ts';

const withinMs = { timeout: 60_000, interval: 50 };

it('at SIGHUP it goes on by what the file of accounts holds then, and by no file that is at fault', async () => {
  const { simulator, connector } = await startFakes();
  const file = join(aFolder(), 'accounts.yaml');
  const write = (...names: readonly string[]): void =>
    writeFileSync(
      file,
      JSON.stringify({
        accounts: names.map((name) => ({
          name,
          baseUrl: simulator.url,
          apiKeyEnv: 'A_KEY',
          tenants: ['tenant-1'],
        })),
      }),
    );
  write('acme');
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const project = aProject();
  const running = project.start([process.execPath, project.path('dist/main.js')], {
    PORT: `${port}`,
    HOST: '127.0.0.1',
    BOT_AUTH: 'disabled',
    BOT_ADMINS: 'alex-object-id',
    ACCOUNTS_FILE: file,
    A_KEY: simulator.key,
    DATABASE_URL: await aDatabase(),
    POLL_SECONDS: '3600',
  });
  const alex = createTeamsUser({ botUrl: url, connector });
  const isUp = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const accounts = async () => JSON.stringify(await alex.say('accounts'));
  await expect.poll(isUp, withinMs).toBe(true);
  expect((await alex.say('agents')).summary).not.toContain('acme');

  write('acme', 'globex');
  running.signal('SIGHUP');
  await expect.poll(accounts, withinMs).toContain('globex');
  await alex.say('use globex');
  expect((await alex.say('agents')).summary).toContain('globex · ');

  write('acme', 'acme');
  running.signal('SIGHUP');
  const health = async () => JSON.stringify(await alex.say('health'));
  await expect.poll(health, withinMs).toContain('should be a name that no other account has');
  expect((await alex.say('agents')).summary).toContain('globex · ');

  running.signal('SIGTERM');
  const { code, stdout } = await running.ended;
  expect(code).toBe(0);
  expect(stdout).toContain('"accounts.read"');
  expect(stdout.match(/"accounts\.refused"/gu)).toHaveLength(1);
  expect(stdout).not.toContain(simulator.key);
}, 120_000);
