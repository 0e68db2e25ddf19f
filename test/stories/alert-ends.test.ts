import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { cardOf, verbsOf, type WatchedBot, watchedBot } from './watched-bot.ts';

const suite = forSuite();
const closers = Array.from({ length: 7 }, (_, at) => `close-${at}`);
let bot: WatchedBot;

beforeAll(async () => {
  bot = await watchedBot({
    agents: [
      ...['back', 'shut', 'gone', 'called', 'moved', 'left', 'acked'].map((id) =>
        agentOf(`${id}-1`, ['crm'], { customFields: [{ name: 'Team', value: id }] }),
      ),
      ...closers.map((id) => agentOf(id)),
      ...healthyOthers,
      ...healthyOthers.map(({ id }) => agentOf(`${id}-more`)),
    ],
    whenDone: suite.whenDone,
  });
  await bot.poll(2);
});
afterAll(() => suite.finish());

const score = (agent: string, value: number): void =>
  bot.edit.setQuality(agent, `${agent}-crm`, { score: value });
const close = (agent: string): void =>
  bot.edit.changeSession(agent, `${agent}-crm`, { status: 'Closed' });

describe('whatever ends an alert shows on its card, which keeps no Acknowledge', () => {
  it.each([
    ['that it is fine again', 'back', 'is fine again', () => score('back-1', 95)],
    ['that its target was closed', 'shut', 'is closed', () => close('shut-1')],
    ['that its agent was deleted', 'gone', 'is deleted', () => bot.edit.drop('gone-1')],
    [
      'that its agent was renamed out of the filter',
      'called',
      'is not watched any more',
      () => bot.edit.rename('called-1', 'OTHER'),
    ],
    [
      'that its agent was changed out of the filter',
      'moved',
      'is not watched any more',
      () => bot.edit.change('moved-1', { customFields: [] }),
    ],
  ])('%s', async (_, team, words, end) => {
    const room = bot.room();
    await room.say(team === 'called' ? 'watch name:called*' : `watch field.Team:${team}`);
    score(`${team}-1`, 20);
    await bot.poll(2);
    const before = cardOf(room.posted(/^Poor 20/u)[0]);
    expect(verbsOf(before)).toContain('alert.ack');
    end();
    await bot.poll(5);
    const after = cardOf(room.posted(/^Poor 20/u)[0]);
    expect(wordsOf(after)).toContain(words);
    expect(verbsOf(after)).not.toContain('alert.ack');
    expect(verbsOf((await room.see(before)).card)).not.toContain('alert.ack');
    expect(wordsOf((await room.say('alerts')).card)).toContain('No alert is open');
  });

  it('that its watch has ended', async () => {
    const room = bot.room();
    await room.say('watch field.Team:left');
    score('left-1', 20);
    await bot.poll(2);
    await room.say('unwatch 1');
    await bot.poll(1);
    const [alert, ...more] = room.posted(/LEFT-1/u);
    expect(more).toEqual([]);
    expect(wordsOf(cardOf(alert))).toContain('is not watched any more');
    expect(verbsOf(cardOf(alert))).not.toContain('alert.ack');
  });

  it('and who acknowledges, gives back or assigns what has ended is told so', async () => {
    const room = bot.room();
    await room.say('watch field.Team:acked');
    score('acked-1', 20);
    await bot.poll(2);
    bot.connector.member('alex@contoso.com', { aadObjectId: 'alex-object-id' });
    const before = cardOf(room.posted(/^Poor 20/u)[0]);
    await room.say('ack 1');
    score('acked-1', 95);
    await bot.poll(3);
    for (const typed of ['ack 1', 'unack 1', 'assign 1 to alex@contoso.com'])
      expect([typed, wordsOf((await room.say(typed)).card)]).toEqual([typed, '#1 is over']);
    expect(wordsOf((await room.press(before, 'alert.ack')).card)).toContain('is fine again');
  });
});

describe('a target that was closed', () => {
  it('is found within two polls, and at most five agents are asked in a poll', async () => {
    const room = bot.room();
    await room.say('watch name:close-0');
    score('close-0', 20);
    await bot.poll(2);
    close('close-0');
    await bot.poll(2);
    expect(wordsOf(cardOf(room.posted(/CLOSE-0/u)[0]))).toContain('is closed');

    const others = bot.room();
    await others.say('watch name:close-*');
    for (const id of closers.slice(1)) score(id, 20);
    await bot.poll(2);
    for (const id of closers.slice(1)) close(id);
    const { requests } = bot.simulator;
    const asked: number[] = [];
    for (let polls = 0; polls < 4; polls += 1) {
      const before = requests.length;
      await bot.poll(1);
      asked.push(requests.slice(before).filter(({ path }) => path === '/sessions').length);
    }
    expect(Math.max(...asked)).toBe(5);
    expect(asked.reduce((sum, one) => sum + one)).toBe(6);
    expect(wordsOf((await others.say('alerts')).card)).toContain('No alert is open');
  });
});
