import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { pass, passUntil } from './pass.ts';

const secret = 'a-shared-secret';

/** A bot whose next poll is an hour away. */
const start = async (
  environment: Readonly<Record<string, string>> = { WEBHOOK_SECRET: secret },
) => {
  const clock = fakeClock();
  const bot = await startBot({
    clock,
    watching: true,
    environment: { POLL_SECONDS: '3600', ...environment },
  });
  const { simulator } = bot;
  simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  const reads = (path: string) => simulator.requests.filter((one) => one.path === path).length;
  await passUntil(clock, () => reads('/agents/status') > 0);
  await bot.alex.say('watch');
  const hook = async (
    query: string,
    headers: Readonly<Record<string, string>> = { 'X-Webhook-Secret': secret },
    method = 'POST',
  ): Promise<number> => {
    const url = `${bot.url}/api/webhooks/pingplotter${query}`;
    return (await fetch(url, { method, headers })).status;
  };
  /** Hints at an agent, and waits until it was looked at. */
  const look = async (agent: string): Promise<void> => {
    const before = reads('/agents/status');
    await hook(`?AgentUniqueId=${agent}`);
    await passUntil(clock, () => reads('/agents/status') > before);
    await pass(clock, 1000);
  };
  return {
    ...bot,
    clock,
    reads,
    hook,
    look,
    told: () => headlines(bot.connector, bot.alex.conversation.id).slice(1),
  };
};

it('believes nobody without the secret', async () => {
  const { clock, hook, reads } = await start();
  const agent = '?AgentUniqueId=lax-12';
  expect(await hook(agent, {})).toBe(401);
  expect(await hook(agent, { 'X-Webhook-Secret': 'guessed' })).toBe(401);
  expect(await hook(`${agent}&X-Webhook-Secret=${secret}`, {})).toBe(401);
  await pass(clock, 20_000);
  expect(reads('/agents/lax-12')).toBe(0);
});

it('is not there without a secret to ask for', async () => {
  const { hook } = await start({});
  expect(await hook('?AgentUniqueId=lax-12')).toBe(404);
});

it.each(['GET', 'POST', 'PUT'])(
  'reads the agent that a %s names early, and only that one',
  async (method) => {
    const { clock, hook, reads } = await start();
    const named = { 'X-Webhook-Secret': secret, AgentUniqueId: 'lax-12' };
    expect(await hook('', named, method)).toBe(202);
    await passUntil(clock, () => reads('/agents/lax-12') === 1);
    await pass(clock, 60_000);
    expect([reads('/agents/lax-12'), reads('/agents/den-1'), reads('/agents')]).toEqual([1, 0, 1]);
  },
);

it('does not read for each of many hints that come at once', async () => {
  const { clock, hook, reads } = await start();
  await Promise.all(Array.from({ length: 5 }, () => hook('?AgentUniqueId=lax-12')));
  await pass(clock, 60_000);
  expect(reads('/agents/lax-12')).toBeLessThanOrEqual(2);
  expect(reads('/agents/lax-12')).toBeGreaterThan(0);
});

it('raises and clears by what is read, whatever is hinted at and when', async () => {
  const { simulator, reads, look, told } = await start();
  await look('lax-12');
  // Of what is not so yet, of nobody, and of somebody else.
  for (const agent of ['lax-12', 'lax-12', 'nobody', 'den-1']) await look(agent);
  expect(told()).toEqual([]);

  simulator.edit.setQuality('lax-12', 'voice-1', { score: 20 });
  for (const agent of ['den-1', 'lax-12', 'lax-12', 'lax-12']) await look(agent);
  expect(told()).toEqual(['Poor 20 · LAX-12 → voice']);

  simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  for (const agent of ['lax-12', 'lax-12', 'den-1', 'lax-12']) await look(agent);
  expect(told()).toEqual(['Poor 20 · LAX-12 → voice', 'Fine again · LAX-12 → voice']);
  expect(reads('/agents')).toBe(1);
});
