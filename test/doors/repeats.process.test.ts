import { expect, it } from 'vitest';
import { builtBot } from '../processes/bot-process.ts';
import { botHere } from './bot-here.ts';
import { startGuarded } from './guarded-bot.ts';

const start = (built = botHere) =>
  startGuarded(built, { environment: { DEFAULT_ROLE: 'operator' } });

const reconnect = 'POST /agents/lax-12/forcereconnect';
const value = {
  action: { type: 'Action.Execute', verb: 'agent.reconnect', data: { agent: 'lax-12' } },
  trigger: 'manual',
};
const kinds = [
  ['a command', { type: 'message', text: 'reconnect lax-12' }],
  ['a press', { type: 'invoke', name: 'adaptiveCard/action', replyToId: 'message-1', value }],
] as const;

it.each(kinds)('acts once on %s whose activity comes again and again', async (_name, fields) => {
  const bot = await start();
  const user = bot.user();
  const activity = user.activity(fields);
  const together = await Promise.all([
    user.post(activity),
    user.post(activity),
    user.post(activity),
  ]);
  const later = await user.post(activity);
  expect([...together, later].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(bot.changes()).toEqual([reconnect]);
  expect(bot.connector.activities.length).toBeLessThan(2);
});

it.each(kinds)(
  'acts once on %s that comes again after the bot was killed',
  async (_name, fields) => {
    const bot = await start(builtBot);
    const user = bot.user();
    const activity = user.activity(fields);
    await user.post(activity);
    await bot.kill();
    await bot.start();
    expect((await user.post(activity)).status).toBe(200);
    expect(bot.changes()).toEqual([reconnect]);
    await user.post(user.activity({ ...fields, replyToId: 'message-2' }));
    expect(bot.changes()).toEqual([reconnect, reconnect]);
  },
);

it('acts once on a button that is pressed twice at once, and gives both the same answer', async () => {
  const bot = await start();
  const user = bot.user();
  const { card } = await user.say('agent lax-12');
  const [one, two] = await Promise.all([
    user.press(card, 'session.pause'),
    user.press(card, 'session.pause'),
  ]);
  expect(one.card).toEqual(two.card);
  expect(bot.changes()).toEqual([
    'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"pause"}',
  ]);
});

it('creates once from one form, however often it is sent', async () => {
  const bot = await startGuarded(botHere, { environment: { BOT_ADMINS: 'alex-object-id' } });
  const user = bot.user();
  const { card } = await user.say('create New One');
  const filled = { name: 'New One', target1: 'example.com' };
  await Promise.all([
    user.press(card, 'agent.create', filled),
    user.press(card, 'agent.create', { ...filled, name: 'New Two' }),
  ]);
  await user.press(card, 'agent.create', filled);
  expect(bot.changes()).toHaveLength(1);
});
