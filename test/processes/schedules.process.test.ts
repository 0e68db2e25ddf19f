import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { voiceOverIp } from '../../src/simulator/quality-definition.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import type { BotProcess } from './bot-environment.ts';
import { quickBot } from './bot-process.ts';
import { slowChanges, startFakes } from './stage.ts';

const withinMs = { timeout: 60_000, interval: 20 };
const many = 8;
/** So long PingPlotter takes for a change: some are always in flight when the process is killed. */
const slowMs = 150;
/** What a killed process has claimed is free by then. */
const leaseMs = 61_000;

const agent = (id: string, score: number) =>
  simulatedAgent({
    id,
    name: id.toUpperCase(),
    sessions: [
      simulatedSession({
        id: `${id}-crm`,
        description: 'crm',
        readings: [simulatedReading({ definitionId: voiceOverIp.id, score })],
      }),
    ],
  });

it('schedules and reminders of a bot that is killed again and again come once each', async () => {
  const { simulator, connector } = await startFakes({
    agents: [agent('sick', 5), ...Array.from({ length: many }, (_, at) => agent(`box-${at}`, 95))],
    sampleEveryMs: 100,
  });
  slowChanges(simulator, slowMs);
  const changed = (action: number): readonly string[] =>
    simulator.requests
      .filter(({ method, query }) => method === 'PUT' && query['action'] === `${action}`)
      .map(({ path }) => path);
  const said = (words: RegExp): readonly string[] =>
    connector.activities.flatMap(({ activity }) => words.exec(activity.summary ?? '')?.[0] ?? []);
  const databaseUrl = await aDatabase();
  let bot: BotProcess | undefined;
  let before = 0;
  const sent = (): number => connector.activities.length + connector.updates.length - before;
  /** All that came from this process is known to it as sent: what is not may come once more after a kill. */
  const settled = async (): Promise<void> => {
    const metrics = async (): Promise<number> => {
      const text = await (await fetch(`${bot?.url}/metrics`)).text();
      return [...text.matchAll(/^bot_delivery_seconds_count\S* (\d+)$/gmu)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    };
    await expect.poll(async () => (await metrics()) >= sent(), withinMs).toBe(true);
  };
  /** Kills the one that runs; the next one begins so much later. */
  const begin = async (aheadMs: number): Promise<BotProcess> => {
    await bot?.kill();
    before = connector.activities.length + connector.updates.length;
    bot = await quickBot.instance({
      simulator,
      databaseUrl,
      environment: { QUICK_AHEAD_MS: `${aheadMs}`, BULK_CONCURRENCY: '2' },
    });
    await bot.start();
    return bot;
  };

  const { url } = await begin(0);
  const alex = createTeamsUser({ botUrl: url, connector });
  await alex.say('watch name:sick remind 10s');
  await expect.poll(() => said(/^Poor .*SICK/u), withinMs).toHaveLength(1);
  const now = DateTime.now().setZone('Europe/Berlin');
  const times = [now.minus({ hours: 1 }), now.plus({ hours: 1 })].map((at) => at.toFormat('HH:mm'));
  await alex.say(`pause where name:box-* daily ${times.join('-')}`);

  await expect.poll(() => changed(0).length, withinMs).toBeGreaterThan(2);
  await begin(leaseMs);
  await expect.poll(() => said(/^Schedule #1 · \d+ agents paused/u), withinMs).toHaveLength(1);
  await expect.poll(() => said(/^Reminder \d/u), withinMs).toEqual(['Reminder 1']);
  await settled();

  await begin(2 * leaseMs);
  await expect.poll(() => said(/^Reminder \d/u), withinMs).toEqual(['Reminder 1', 'Reminder 2']);
  await settled();

  const afterEnd = 60 * 60_000 + leaseMs;
  await begin(afterEnd);
  await expect.poll(() => changed(1).length, withinMs).toBeGreaterThan(2);
  await settled();
  await begin(afterEnd + leaseMs);
  await expect.poll(() => new Set(changed(1)).size, withinMs).toBe(many);
  await expect
    .poll(() => said(/^Reminder \d/u), withinMs)
    .toEqual(['Reminder 1', 'Reminder 2', 'Reminder 3']);
  await bot?.kill();

  expect(changed(0).toSorted()).toEqual([...new Set(changed(0))].toSorted());
  expect(changed(0)).toHaveLength(many);
  expect(said(/^Schedule #1 · (?:\d+ agents? paused|nobody paused)/u)).toEqual([
    `Schedule #1 · ${many} agents paused`,
  ]);
  expect(said(/^Poor .*SICK/u)).toHaveLength(1);
}, 120_000);
