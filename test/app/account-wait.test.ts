import { expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { boise, bulkBot } from './bulk-fleet.ts';
import { pass, passUntil } from './pass.ts';

it('after a 429 to a job, polls and what people press wait too, and then all goes on', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3)], { POLL_SECONDS: '5' });
  const { alex, clock, simulator, logged } = bot;
  simulator.fault({
    match: { method: 'PUT' },
    times: 1,
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '40' } },
  });
  await bot.start('pause where name:boi-1');
  await passUntil(clock, () => bot.changes().length === 1);
  const asked = simulator.requests.length;
  await pass(clock, 20_000);
  const pressed = await alex.say('pause boi-2');
  expect(wordsOf(pressed.card)).toMatch(/PingPlotter asks for a pause\. Try again in \d+ s/u);
  await pass(clock, 12_000);
  expect(simulator.requests.length).toBe(asked);
  await bot.shows('Paused 1 agent');
  expect(bot.changes()).toHaveLength(2);
  const polled = logged.filter((line) => line.includes('"poll.done"')).length;
  await passUntil(
    clock,
    () => logged.filter((line) => line.includes('"poll.done"')).length > polled,
  );
  await alex.say('pause boi-2');
  expect(bot.changes()).toHaveLength(3);
});
