import { expect, it } from 'vitest';
import { type CardContent, executesOf, wordsOf } from '../fakes/card-actions.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import { smallFleet } from '../simulator/started.ts';
import { botHere } from './bot-here.ts';
import { type GuardedBot, startGuarded } from './guarded-bot.ts';

const megan = { person: { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' } };

const start = () =>
  startGuarded(botHere, { environment: { BOT_ADMINS: 'alex-object-id,megan-object-id' } });

const tokenOn = (card: CardContent): string => {
  const button = executesOf(card).find(({ verb }) => verb === 'agent.delete');
  return String(button?.data['token']);
};

const remove = async (by: TeamsUser, agent: string, token: string): Promise<string> =>
  wordsOf((await by.execute({ verb: 'agent.delete', data: { agent, token } })).card);

it.each<readonly [string, (bot: GuardedBot, token: string) => Promise<string>]>([
  [
    'by another admin, to whom it was forwarded',
    (bot, token) => remove(bot.user(megan), 'lax-12', token),
  ],
  ['for another agent', (bot, token) => remove(bot.user(), 'den-1', token)],
  ['altered', (bot, token) => remove(bot.user(), 'lax-12', `${token.slice(0, -1)}~`)],
  ['made up', (bot) => remove(bot.user(), 'lax-12', 'let-me-in')],
  [
    'for something else',
    async (bot, token) => {
      const data = { token, name: 'New One', target1: 'example.com' };
      return wordsOf((await bot.user().execute({ verb: 'agent.create', data })).card);
    },
  ],
])('does nothing by a confirmation that is used %s, and says so', async (_name, use) => {
  const bot = await start();
  const { card } = await bot.user().say('delete lax-12');
  expect(await use(bot, tokenOn(card))).toContain('no longer valid');
  expect(bot.changes()).toEqual([]);
});

it('takes a confirmation once, also after the bot was killed', async () => {
  const bot = await start();
  const alex = bot.user();
  const { card } = await alex.say('delete lax-12');
  const token = tokenOn(card);
  await bot.kill();
  await bot.start();
  expect(await remove(alex, 'lax-12', token)).toContain('is deleted');
  for (const agent of smallFleet) bot.simulator.edit.add(agent);
  const again = { verb: 'agent.delete', data: { agent: 'lax-12', token, uninstall: 'true' } };
  expect(wordsOf((await alex.execute(again)).card)).toContain('no longer valid');
  expect(bot.changes()).toEqual(['DELETE /agents {"UniqueId":"lax-12","ShouldUninstall":false}']);
});
