import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { cardOf, verbsOf, type WatchedBot, watchedBot } from './watched-bot.ts';

const four = ['crm', 'mail', 'voice', 'vpn'];
const suite = forSuite();
let bot: WatchedBot;

beforeAll(async () => {
  bot = await watchedBot({
    agents: [
      agentOf('ann-laptop', four),
      ...['one-target', 'worse', 'further', 'long', 'open', 'typed'].map((id) =>
        agentOf(id, ['crm', 'mail']),
      ),
      ...healthyOthers,
    ],
    whenDone: suite.whenDone,
  });
  await bot.poll(2);
});
afterAll(() => suite.finish());

const score = (agent: string, target: string, value: number): void =>
  bot.edit.setQuality(agent, `${agent}-${target}`, { score: value });

describe('an alert is one agent in one conversation', () => {
  it('its bad targets and its being offline stand on one card with one number and the names of its watches', async () => {
    const room = bot.room();
    await room.say('watch name:ann-laptop');
    await room.say('watch name:ann-laptop below 60');
    for (const target of four) score('ann-laptop', target, 21);
    await bot.poll(2);
    const [alert, ...more] = room.posted(/ANN-LAPTOP · 4/u);
    expect(more).toEqual([]);
    expect(alert?.summary).toMatch(/^Poor 21 · ANN-LAPTOP · 4 of 4 targets · \d+ s$/u);
    const words = wordsOf(cardOf(alert));
    for (const text of ['#1 · told here because of watches 1, 2', ...four])
      expect(words).toContain(text);
    expect(verbsOf(cardOf(alert)).filter((verb) => verb === 'alert.ack')).toHaveLength(1);

    bot.edit.setOnline('ann-laptop', false);
    await bot.poll(3);
    expect(room.heard()).toEqual([
      'Poor 21 · ANN-LAPTOP · 4 of 4 targets',
      expect.stringMatching(/^Offline · ANN-LAPTOP/u),
    ]);
    expect(wordsOf(cardOf(room.posted(/^Offline/u)[0]))).toContain('#1');
    expect(wordsOf((await room.say('alerts')).card)).toContain('1 open alert');

    bot.edit.setOnline('ann-laptop', true);
    for (const target of four) score('ann-laptop', target, 95);
    await bot.poll(4);
    expect(room.heard().slice(2)).toEqual(['Fine again · ANN-LAPTOP']);
  });

  it('names the target where there is one, and says for how long it has been bad', async () => {
    const room = bot.room();
    await room.say('watch name:one-target');
    score('one-target', 'crm', 41);
    await bot.poll(2);
    expect(room.posted(/ONE-TARGET/u)[0]?.summary).toMatch(/^Poor 41 · ONE-TARGET → crm · \d+ s$/u);
  });
});

describe('a new message comes only when the agent gets clearly worse', () => {
  it('not for a further target, nor for a few points: they update the card', async () => {
    const room = bot.room();
    await room.say('watch name:further');
    score('further', 'crm', 45);
    await bot.poll(2);
    score('further', 'mail', 44);
    await bot.poll(2);
    score('further', 'crm', 31);
    await bot.poll(2);
    const [only, ...more] = room.posted(/FURTHER/u);
    expect(more).toEqual([]);
    expect(only?.summary).toContain('Poor 31 · FURTHER · 2 of 2 targets');
  });

  it('but for 15 points below the last message, for a worse word and for offline; the card before is then one line without buttons', async () => {
    const room = bot.room();
    await room.say('watch name:worse fair offline');
    score('worse', 'crm', 65);
    await bot.poll(2);
    score('worse', 'crm', 48);
    await bot.poll(2);
    score('worse', 'crm', 30);
    await bot.poll(2);
    bot.edit.setOnline('worse', false);
    await bot.poll(3);
    expect(room.heard().map((line) => line.split(' ·')[0])).toEqual([
      'Fair 65',
      'Poor 48',
      'Poor 30',
      'Offline',
    ]);
    const [first, second, third, last] = room.posted(/WORSE/u).map(cardOf);
    for (const earlier of [first, second, third]) {
      expect(wordsOf(earlier ?? {})).toContain('see the newer message');
      expect(verbsOf(earlier ?? {})).toEqual([]);
    }
    expect(verbsOf(last ?? {})).toContain('alert.ack');
  });
});

describe('“since”', () => {
  it('is when the problem began, not when the bot first looked for it', async () => {
    const room = bot.room();
    const began = bot.clock.now();
    score('long', 'crm', 20);
    await bot.pass(2 * 60_000);
    await room.say('watch name:long');
    await bot.poll(2);
    const [alert] = room.posted(/LONG/u);
    expect(alert?.summary).toMatch(/^Poor 20 · LONG → crm · 2 min$/u);
    const time = DateTime.fromMillis(began, { zone: 'Europe/Berlin' }).toFormat('H:mm');
    expect(wordsOf(cardOf(alert))).toContain(`since ${time}`);
  });
});

describe('an alert’s card', () => {
  it('opens the agent, and leads back to the alert from there', async () => {
    const room = bot.room();
    await room.say('watch name:open');
    score('open', 'crm', 20);
    await bot.poll(2);
    const agent = await room.press(cardOf(room.posted(/OPEN/u)[0]), 'agent.show');
    expect(wordsOf(agent.card)).toContain('OPEN');
    const back = await room.press(agent.card, 'alert.show');
    expect(wordsOf(back.card)).toContain('OPEN → crm is Poor');
    expect(verbsOf(back.card)).toContain('alert.ack');
  });

  it('is updated by a typed “ack”, which answers with one line', async () => {
    const room = bot.room();
    await room.say('watch name:typed');
    score('typed', 'crm', 20);
    await bot.poll(2);
    const { card } = await room.say('ack 1: on it');
    expect(wordsOf(card)).toMatch(/^#1 Acknowledged by Alex Wilber at [^\n]*$/u);
    expect(executesOf(card)).toEqual([]);
    await bot.poll(1);
    const alert = cardOf(room.posted(/TYPED/u)[0]);
    expect(wordsOf(alert)).toMatch(/Acknowledged by Alex Wilber[\s\S]*Alex Wilber: on it/u);
    expect(verbsOf(alert)).not.toContain('alert.ack');
  });
});
