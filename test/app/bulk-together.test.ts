import { expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { boise, bulkBot } from './bulk-fleet.ts';
import { passUntil } from './pass.ts';

const busy = (seconds: number) =>
  ({ kind: 'status', status: 429, headers: { 'Retry-After': `${seconds}` } }) as const;

it('updates the card of a job at most once in two seconds, as Teams sees it', async () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  const bot = await bulkBot(
    numbers.map((number) => boise(number)),
    { BULK_CONCURRENCY: '1' },
  );
  // An agent is changed, then all wait, again and again.
  for (const number of numbers.filter((one) => one % 2 === 0))
    bot.simulator.fault({
      match: { method: 'PUT', path: `/agents/boi-${number}/sessions` },
      times: 1,
      effect: busy(2),
    });
  const begunAt = bot.clock.now();
  await bot.start('pause where boise');
  const times: number[] = [begunAt];
  await passUntil(bot.clock, () => {
    const { updates } = bot.connector;
    while (times.length <= updates.length) times.push(bot.clock.now());
    return wordsOf(bot.cards().at(-1) ?? {}).includes('Paused 40 agents');
  });
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(1);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
});

it('two jobs of two conversations never change one agent at once, and both end', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3)]);
  const elsewhere = bot.user({ conversation: { id: '19:ops', conversationType: 'groupChat' } });
  bot.simulator.fault({ match: { method: 'PUT' }, times: 1, effect: busy(6) });
  await bot.start('pause where boise');
  await passUntil(bot.clock, () => bot.changes().length > 0);
  const { card, messageId } = await elsewhere.say('reconnect where boise');
  // It went offline after the preview.
  bot.simulator.edit.setOnline('boi-3', false);
  await elsewhere.press(card, 'bulk.start', {}, { messageId });
  await bot.shows('Paused 3 agents');
  const report = await bot.shows('Reconnected 2 of 3 agents');
  expect(wordsOf(report)).toContain('BOI-3\nleft out · offline');
  const changes = bot.changes().map((change) => change.replace(/\?.*$/u, ''));
  for (const id of [1, 2]) {
    const put = changes.lastIndexOf(`PUT /agents/boi-${id}/sessions`);
    const post = changes.indexOf(`POST /agents/boi-${id}/forcereconnect`);
    expect(post, `boi-${id}`).toBeGreaterThan(put);
  }
  expect(changes.filter((change) => change.startsWith('POST'))).toHaveLength(2);
});
