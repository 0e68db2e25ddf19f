import { afterAll, beforeAll, expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf } from './some-agents.ts';
import { cardOf, type Room, verbsOf, type WatchedBot, watchedBot } from './watched-bot.ts';

const many = 500;
const site = 'boise';
const mostBytes = 28_000;
const suite = forSuite();
let bot: WatchedBot;
let room: Room;

const agents = (name: string, count: number, more = {}) =>
  Array.from({ length: count }, (_, at) => agentOf(`${name}-${at}`, ['crm'], more));

/** They turn bad in one poll. */
beforeAll(async () => {
  bot = await watchedBot({
    agents: [
      ...agents(site, many, { customFields: [{ name: 'Site', value: site }] }),
      ...agents('well', 20),
    ],
    pollSeconds: 60,
    environment: { PUBLIC_URL: 'https://bot.example.com' },
    whenDone: suite.whenDone,
  });
  room = bot.room();
  await bot.poll(1);
  await room.say(`watch field.Site:${site}`);
  for (let at = 0; at < many; at += 1)
    bot.edit.setQuality(`${site}-${at}`, `${site}-${at}-crm`, { score: at === 3 ? 3 : 20 });
  await bot.until(() => room.posted(/agents at boise are Poor/u).length > 0);
});
afterAll(() => suite.finish());

it('five hundred alerts at once are one card, a list by pages, and a table of all', async () => {
  const [group, ...others] = room.posted(/agents at boise are Poor/u);
  expect(others).toEqual([]);
  expect(group?.summary).toMatch(/^500 agents/u);

  const list = await room.say('alerts');
  expect(Buffer.byteLength(JSON.stringify(list))).toBeLessThan(mostBytes);
  expect(wordsOf(list.card)).toMatch(
    /500 open alerts · 500 not acknowledged · page 1 of 50[\s\S]*?#\d+ BOISE-3[\s\S]*?Poor 3/u,
  );
  expect(wordsOf(list.card).match(/#\d+ BOISE-\d+\u00a0›/gu)?.[0]).toContain('BOISE-3\u00a0');
  expect(verbsOf(list.card)).toContain('alerts.page');

  const table = JSON.stringify((await room.say('alerts csv')).card);
  const link = /https:\/\/bot\.example\.com(\/files\/[^"\\)]+)/u.exec(table)?.[1];
  const csv = await (await fetch(`${bot.url}${link}`)).text();
  expect(new Set(csv.match(/BOISE-\d+/gu)).size).toBe(many);

  // Any of them is taken on by its number, and some by ticking.
  const ticked = await room.press(list.card, 'alerts.ack', { alerts: '7,499' });
  expect(wordsOf(ticked.card)).toContain('500 open alerts · 498 not acknowledged · page 1 of 50');
  expect(wordsOf((await room.say('ack 250: the line')).card)).toMatch(
    /^#250 Acknowledged by Alex Wilber at .* · 498 agents$/u,
  );
  expect(wordsOf((await room.say('alerts unacked')).card)).not.toMatch(/#\d/u);
  await bot.pass(6000);
  const [updated] = room.posted(/agents at boise are Poor/u);
  expect(Buffer.byteLength(JSON.stringify(updated))).toBeLessThan(mostBytes);
  expect(wordsOf(cardOf(updated))).toContain('Alex Wilber: the line');
});
