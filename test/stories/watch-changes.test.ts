import { expect, it } from 'vitest';
import { pass, passUntil } from '../app/pass.ts';
import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';

const secret = 'a-shared-secret';

/** A bot that watches changes, and whose next poll is an hour away. */
const start = async () => {
  const clock = fakeClock();
  const bot = await startBot({
    clock,
    watching: true,
    environment: { POLL_SECONDS: '3600', WEBHOOK_SECRET: secret },
  });
  const { simulator } = bot;
  const reads = (path: string) => simulator.requests.filter((one) => one.path === path).length;
  await passUntil(clock, () => reads('/agents/status') > 0);
  await pass(clock, 1000);
  const made = await bot.alex.say('watch changes');
  expect(made.summary).toContain('Watching');
  return {
    ...bot,
    clock,
    hook: (agent: string) =>
      fetch(`${bot.url}/api/webhooks/pingplotter?AgentUniqueId=${agent}`, {
        method: 'POST',
        headers: { 'X-Webhook-Secret': secret },
      }),
    heard: () => headlines(bot.connector, bot.alex.conversation.id).slice(1),
  };
};

it('notifies of an agent that a webhook says was created, long before the next poll', async () => {
  const { clock, simulator, hook, heard } = await start();
  const [some] = simulator.fleet.agents();
  if (some === undefined) throw new Error('the fleet is empty');
  simulator.edit.add({ ...some, id: 'kiosk-7', name: 'KIOSK-7' });
  expect((await hook('kiosk-7')).status).toBe(202);
  await passUntil(clock, () => heard().length > 0);
  await hook('kiosk-7');
  await pass(clock, 60_000);
  expect(heard()).toEqual(['KIOSK-7 is new']);
});

it('notifies of an agent that a webhook says was deleted, once the whole list says so too', async () => {
  const { clock, simulator, hook, heard } = await start();
  simulator.edit.drop('den-1');
  await hook('den-1');
  await passUntil(clock, () => heard().length > 0);
  await pass(clock, 60_000);
  expect(heard()).toEqual([expect.stringMatching(/^DEN-1.* was deleted$/u)]);
});

it('does not call the renaming of the bot one of somebody else', async () => {
  const { clock, alex, simulator, hook, heard } = await start();
  await alex.say('rename lax-12 to LAX-ONE');
  await hook('lax-12');
  await pass(clock, 20_000);
  const before = heard().length;
  simulator.edit.rename('lax-12', 'LAX-TWO');
  await hook('lax-12');
  await passUntil(clock, () => heard().length > before);
  expect(heard().filter((line) => line.includes('is called'))).toEqual([
    'LAX-ONE is called LAX-TWO now',
  ]);
});

it('watches an agent that is called Changes, and the changes of all where a filter names them', async () => {
  const { clock, alex, simulator } = await start();
  simulator.edit.rename('lax-12', 'Changes');
  await pass(clock, 120_000);
  const ofChanges = 'It tells of agents that are new';
  for (const typed of ['watch "Changes"', 'watch changes']) {
    const answer = JSON.stringify(await alex.say(typed));
    expect(answer).toContain('Watching 1 agent');
    expect(answer).not.toContain(ofChanges);
  }
  expect(JSON.stringify(await alex.say('watch changes name:*'))).toContain(ofChanges);
});
