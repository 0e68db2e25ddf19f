import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { cardOf, type Room, verbsOf, type WatchedBot, watchedBot } from './watched-bot.ts';

const suite = forSuite();
let bot: WatchedBot;

const site = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    agentOf(`${name}-${at}`, ['crm'], { customFields: [{ name: 'Site', value: name }] }),
  );

beforeAll(async () => {
  bot = await watchedBot({
    agents: [
      ...site('boise', 14),
      ...site('lima', 3),
      ...site('oslo', 8),
      ...site('rome', 3),
      ...site('paris', 6),
      ...site('kyiv', 4),
      ...healthyOthers,
      ...site('well', 30),
    ],
    whenDone: suite.whenDone,
  });
  await bot.poll(2);
});
afterAll(() => suite.finish());

const bad = (name: string, from: number, to: number, score = 20): void => {
  for (let at = from; at < to; at += 1)
    bot.edit.setQuality(`${name}-${at}`, `${name}-${at}-crm`, { score });
};
const watched = async (name: string): Promise<Room> => {
  const room = bot.room();
  await room.say(`watch field.Site:${name}`);
  return room;
};

describe('three and more agents', () => {
  it('are one group card that names the first ten, the rest by number, and the common cause', async () => {
    const room = await watched('boise');
    bad('boise', 0, 14);
    await bot.poll(3);
    const [group, ...more] = room.posted(/agents/u).slice(1);
    expect(more).toEqual([]);
    expect(group?.summary).toMatch(/^14 agents at boise are Poor · \d+ s$/u);
    const words = wordsOf(cardOf(group));
    expect(words.match(/BOISE-\d+ → crm/gu)).toHaveLength(10);
    expect(words).toContain('and 4 more');
    expect(words).toMatch(/Likely the network at boise: \nall 14 agents there/u);
    expect(verbsOf(cardOf(group)).filter((verb) => verb === 'alert.ack')).toHaveLength(1);
    bad('boise', 0, 14, 95);
    await bot.poll(3);
    expect(room.heard().slice(1)).toEqual(['14 agents at boise are fine again']);
  });

  it('that turn bad within two minutes share it; the cards told before become one line without buttons', async () => {
    const room = await watched('lima');
    bad('lima', 0, 1);
    await bot.pass(50_000);
    bad('lima', 1, 2);
    await bot.pass(50_000);
    expect(room.heard()).toEqual(['Poor 20 · LIMA-0 → crm', 'Poor 20 · LIMA-1 → crm']);
    bad('lima', 2, 3);
    await bot.poll(3);
    expect(room.heard().slice(2)).toEqual(['3 agents at lima are Poor']);
    const told = bot.connector.updates.filter(({ conversationId }) =>
      conversationId.startsWith(room.id),
    );
    for (const number of [1, 2]) {
      const card = cardOf(
        told.findLast(({ activity }) => activity.summary?.startsWith(`#${number} `))?.activity,
      );
      expect(wordsOf(card)).toContain('On one card with other agents: see #1');
      expect(verbsOf(card)).toEqual([]);
    }
  });

  it('who turns bad while it is open joins it by an update, and it is posted anew only when it has doubled', async () => {
    const room = await watched('oslo');
    bad('oslo', 0, 3);
    await bot.poll(3);
    expect(room.heard()).toEqual([expect.stringMatching(/^3 agents .*Poor$/u)]);
    bad('oslo', 3, 5);
    await bot.poll(3);
    expect(room.heard()).toHaveLength(1);
    expect(room.posted(/^3 agents/u)).toHaveLength(1);
    expect(room.posted(/^3 agents/u)[0]?.summary).toMatch(/^5 agents .*Poor/u);
    bad('oslo', 5, 6);
    await bot.poll(3);
    expect(room.heard().slice(1)).toEqual([expect.stringMatching(/^6 agents .*Poor$/u)]);
    const earlier = cardOf(room.posted(/^3 agents/u)[0]);
    expect(wordsOf(earlier)).toContain('There are more now: see the newer message.');
    expect(verbsOf(earlier)).toEqual([]);
    bad('oslo', 6, 8);
    await bot.poll(3);
    expect(room.heard()).toHaveLength(2);
    bad('oslo', 0, 8, 95);
    await bot.poll(4);
    expect(room.heard().slice(2)).toEqual([expect.stringMatching(/^8 agents .*fine again$/u)]);
  });

  it('names the members that do not share the common cause, and can be taken on and given back', async () => {
    const room = bot.room();
    await room.say('watch field.Site:paris OR name:rome-0');
    bad('paris', 0, 6);
    bad('rome', 0, 1);
    await bot.poll(3);
    const group = cardOf(room.posted(/^7 agents/u)[0]);
    expect(wordsOf(group)).toMatch(
      /Likely the network at paris: \n[\s\S]*ROME-0 does not share it/u,
    );
    const taken = await room.press(group, 'alert.ack');
    expect(wordsOf(taken.card)).toContain('Acknowledged by Alex Wilber');
    const free = await room.press(taken.card, 'alert.unack');
    expect(verbsOf(free.card)).toContain('alert.ack');
    bad('paris', 0, 6, 95);
    bad('rome', 0, 1, 95);
    await bot.poll(3);
  });

  it('can be muted and given a voice again by the same button, and say so', async () => {
    const room = await watched('kyiv');
    bad('kyiv', 0, 3);
    await bot.poll(3);
    const muted = await room.press(cardOf(room.posted(/^3 agents/u)[0]), 'alert.mute');
    expect(wordsOf(muted.card)).toMatch(/#\d+ · .* · muted here until \d+:\d\d/u);
    expect(verbsOf(muted.card)).toContain('alert.unmute');
    expect(verbsOf(muted.card)).not.toContain('alert.mute');
    await bot.pass(1000);
    expect(wordsOf(cardOf(room.posted(/^3 agents/u)[0]))).toContain('muted here until');

    bad('kyiv', 3, 4);
    await bot.poll(3);
    const joined = cardOf(room.posted(/^3 agents/u)[0]);
    expect(wordsOf(joined)).toContain('3 of 4 muted here');
    expect(verbsOf(joined)).toContain('alert.mute');

    const all = await room.press(joined, 'alert.mute');
    const free = await room.press(all.card, 'alert.unmute');
    expect(wordsOf(free.card)).not.toContain('muted');
    expect(verbsOf(free.card)).toContain('alert.mute');
    bad('kyiv', 0, 4, 95);
    await bot.poll(3);
    expect(room.heard().slice(1)).toEqual([expect.stringMatching(/^4 agents .*fine again$/u)]);
  });

  it('further apart than two minutes are alerts of their own', async () => {
    const room = await watched('rome');
    for (let at = 0; at < 3; at += 1) {
      bad('rome', at, at + 1);
      await bot.pass(70_000);
    }
    expect(room.heard()).toEqual([0, 1, 2].map((at) => `Poor 20 · ROME-${at} → crm`));
  });
});
