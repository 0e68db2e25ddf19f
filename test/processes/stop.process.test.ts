import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/cli/playground.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { startConnector } from '../fakes/connector.ts';
import { headlines } from '../fakes/headlines.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import { aProject } from './programs.ts';

/** What the contract gives it. */
const stopsWithin = { timeout: 10_000, interval: 20 };

const start = async (command?: readonly [string, ...string[]]) => {
  const simulator = await startSimulator({ now: Date.now, collapseEveryMinutes: 0 });
  onTestFinished(simulator.close);
  const connector = await startConnector();
  onTestFinished(connector.close);
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const project = aProject();
  project.write('package.json', readFileSync('package.json', 'utf8'));
  const environment = {
    PORT: `${port}`,
    HOST: '127.0.0.1',
    BOT_AUTH: 'disabled',
    DEFAULT_ROLE: 'operator',
    PINGPLOTTER_BASE_URL: simulator.url,
    PINGPLOTTER_API_KEY: simulator.key,
    PINGPLOTTER_TIMEOUT_MS: '60000',
    DATABASE_URL: await aDatabase(),
    POLL_SECONDS: '3600',
  };
  const begin = async (more: Readonly<Record<string, string>> = {}) => {
    const running = project.start(command ?? [process.execPath, project.path('dist/main.js')], {
      ...environment,
      ...more,
    });
    let code: number | null | undefined;
    void running.ended.then((ended) => {
      code = ended.code;
    });
    const answers = () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 15_000, interval: 50 }).toBe(true);
    return { signal: running.signal, answers, code: () => code };
  };
  return {
    url,
    simulator,
    connector,
    begin,
    ...(await begin()),
    alex: createTeamsUser({ botUrl: url, connector }),
    /** Resolves once PingPlotter has been asked to pause something. */
    pausing: () =>
      expect
        .poll(() => simulator.requests.some(({ path }) => path.endsWith('/session')), stopsWithin)
        .toBe(true),
  };
};

it.each(['SIGTERM', 'SIGINT'] as const)('finishes the turn in flight at %s', async (signal) => {
  const bot = await start();
  const match = { method: 'PUT' };
  bot.simulator.fault({ match, effect: { kind: 'delay', ms: 1500 } });
  const said = bot.alex.say('pause lax-12 / crm');
  await bot.pausing();
  bot.signal(signal);
  await expect.poll(bot.code, stopsWithin).toBe(0);
  expect((await said).summary).toContain('Paused');
  expect(headlines(bot.connector)).toHaveLength(1);
  expect(await bot.answers()).toBe(false);
});

it('ends in time though PingPlotter never answers', async () => {
  const bot = await start();
  bot.simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'hang' } });
  const said = bot.alex.say('pause lax-12 / crm').catch(() => undefined);
  await bot.pausing();
  bot.signal('SIGTERM');
  await expect.poll(bot.code, stopsWithin).toBe(0);
  await said;
}, 30_000);

it('stops with npm start, when only npm is notified', async () => {
  const bot = await start(['npm', 'start']);
  bot.signal('SIGTERM');
  await expect.poll(bot.code, stopsWithin).toBe(0);
  expect(await bot.answers()).toBe(false);
}, 30_000);

it('takes a key that was changed at its next start', async () => {
  const bot = await start();
  bot.signal('SIGTERM');
  await expect.poll(bot.code, stopsWithin).toBe(0);
  const wrong = await bot.begin({ PINGPLOTTER_API_KEY: 'the-old-one' });
  const calls = async () => (await fetch(`${bot.url}/metrics`)).text();
  const counted = (outcome: string) =>
    expect.stringMatching(
      new RegExp(`bot_pingplotter_call_seconds_count\\{[^}]*outcome="${outcome}"`, 'u'),
    );
  await expect.poll(calls, stopsWithin).toEqual(counted('key-wrong'));
  wrong.signal('SIGTERM');
  await expect.poll(wrong.code, stopsWithin).toBe(0);
  await bot.begin();
  await expect.poll(calls, stopsWithin).toEqual(counted('ok'));
  expect(await calls()).not.toEqual(counted('key-wrong'));
}, 60_000);
