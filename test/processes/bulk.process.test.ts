import { expect, it } from 'vitest';
import { freePort } from '../../src/cli/playground.ts';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import { aProject, type Running } from './programs.ts';
import { slowChanges, startFakes } from './stage.ts';

const withinMs = { timeout: 60_000, interval: 20 };
const many = 60;
/** So long PingPlotter takes for a change: some are always in flight when the process is killed. */
const slowMs = 150;

it('a job whose process is killed twice changes each agent once, and reports all of them', async () => {
  const agents = Array.from({ length: many }, (_, at) =>
    simulatedAgent({
      id: `box-${at}`,
      name: `BOX-${at}`,
      sessions: [
        simulatedSession({ id: `box-${at}-crm`, description: 'crm', host: 'crm.example' }),
      ],
    }),
  );
  const { simulator, connector } = await startFakes({ agents });
  slowChanges(simulator, slowMs);
  const changes = (): readonly string[] =>
    simulator.requests
      .filter(({ method, path }) => method === 'PUT' && path.endsWith('/sessions'))
      .map(({ path }) => path);
  const project = aProject();
  const database = await aDatabase();
  const begin = async (): Promise<{ readonly url: string; readonly running: Running }> => {
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    const running = project.start([process.execPath, project.path('dist/main.js')], {
      PORT: `${port}`,
      HOST: '127.0.0.1',
      BOT_AUTH: 'disabled',
      BOT_ADMINS: 'alex-object-id',
      BULK_CONCURRENCY: '4',
      PINGPLOTTER_BASE_URL: simulator.url,
      PINGPLOTTER_API_KEY: simulator.key,
      DATABASE_URL: database,
      POLL_SECONDS: '3600',
    });
    const isUp = () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isUp, withinMs).toBe(true);
    return { url, running };
  };
  const report = (): string =>
    connector.updates
      .map(({ activity }) => wordsOf(activity.attachments?.[0]?.content ?? {}))
      .at(-1) ?? '';

  let bot = await begin();
  const alex = createTeamsUser({ botUrl: bot.url, connector });
  const { card, messageId } = await alex.say('pause all');
  await alex.press(card, 'bulk.start', {}, { messageId });
  for (const done of [10, 30]) {
    await expect.poll(() => changes().length, withinMs).toBeGreaterThan(done);
    bot.running.signal('SIGKILL');
    await bot.running.ended;
    bot = await begin();
  }
  await expect.poll(report, withinMs).toContain(`Paused ${many} agents`);
  expect(changes().toSorted()).toEqual([...new Set(changes())].toSorted());
  expect(changes()).toHaveLength(many);
  bot.running.signal('SIGTERM');
  expect((await bot.running.ended).code).toBe(0);
}, 120_000);
