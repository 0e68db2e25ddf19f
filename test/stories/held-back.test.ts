import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CardContent, executesOf, wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { cardOf, type Room, type WatchedBot, watchedBot } from './watched-bot.ts';

const suite = forSuite();
const rules = ['muted', 'serviced', 'quiet', 'usual', 'flaps'];
const better = ['better', 'returned', 'dipped', 'outlier'];
let bot: WatchedBot;
let room: Room;

const score = (agent: string, value: number): void =>
  bot.edit.setQuality(agent, `${agent}-crm`, { score: value });

beforeAll(async () => {
  bot = await watchedBot({
    agents: [
      ...[...rules, ...better].map((id) => agentOf(id)),
      agentOf('offered', ['crm'], { customFields: [{ name: 'Site', value: 'boise' }] }),
      ...healthyOthers,
    ],
    whenDone: suite.whenDone,
  });
  await bot.poll(2);
  room = bot.room();
});
afterAll(() => suite.finish());

/** The list of watches, or the digest, which comes as a message of its own. */
const summary = async (typed: string): Promise<CardContent> => {
  const { card } = await room.say(typed);
  if (typed === 'watches') return card;
  await bot.poll(2);
  return cardOf(room.all().at(-1));
};

describe('what was held back', () => {
  it('is nothing where nothing was, in “watches” and in the digest', async () => {
    for (const id of rules) await room.say(`watch name:${id}`);
    for (const typed of ['watches', 'digest now'])
      expect(wordsOf(await summary(typed))).not.toMatch(/held back/iu);
  });

  it('is said by each rule with how many messages, in “watches” and in the digest', async () => {
    await room.say('mute muted for 1h');
    await room.say('maintenance name:serviced from now to 23:59');
    await room.say('hours usual mon-fri 22:00-06:00');
    const watches = await room.say('watches');
    const quiet = executesOf(watches.card).filter(({ verb }) => verb === 'watch.edit')[2];
    if (quiet === undefined) throw new Error('no button to change a watch');
    const form = await room.execute(quiet);
    const terms = {
      ...{ filter: 'name:quiet', bound: 'poor', offline: 'true' },
      ...{ quietFrom: '00:00', quietTo: '23:59' },
    };
    const shown = await room.press(form.card, 'watch.edit', terms);
    await room.press(shown.card, 'watch.edit', terms);

    for (const id of ['muted', 'serviced', 'quiet']) score(id, 20);
    bot.edit.setOnline('usual', false);
    for (let times = 0; times < 6; times += 1) {
      score('flaps', 20);
      await bot.poll(2);
      score('flaps', 95);
      await bot.poll(2);
    }
    const [first, ...flapping] = room.heard();
    expect(first).toBe('Poor 20 · FLAPS → crm');
    expect(flapping.every((line) => line.includes('FLAPS'))).toBe(true);
    const counts =
      /1 by mute, 1 by maintenance, 1 by quiet hours, 1 by usual hours, \d+ by flapping/u;
    expect(wordsOf(await summary('watches'))).toMatch(
      new RegExp(`Held back: ${counts.source}`, 'u'),
    );
    expect(wordsOf(await summary('digest now'))).toMatch(
      new RegExp(`Held back[\\s\\S]*${counts.source}`, 'iu'),
    );
  });

  it('is shown on a press, from “watches” and from the digest', async () => {
    for (const typed of ['watches', 'digest now']) {
      const card = await summary(typed);
      const list = wordsOf((await room.press(card, 'watches.suppressed')).card);
      for (const [agent, rule] of [
        ['MUTED', 'mute'],
        ['SERVICED', 'maintenance'],
        ['QUIET', 'quiet hours'],
        ['USUAL', 'usual hours'],
        ['FLAPS', 'flapping'],
      ])
        expect(list).toMatch(new RegExp(`${agent}[\\s\\S]*by ${rule}`, 'u'));
    }
  });

  it('is not told by the first good reading after it, nor that it is fine again', async () => {
    const here = bot.room();
    await here.say('watch name:better OR name:returned');
    await here.say('mute better for 1h');
    await here.say('maintenance name:returned from now to 23:59');
    score('better', 20);
    bot.edit.setOnline('returned', false);
    await bot.poll(3);
    score('better', 95);
    bot.edit.setOnline('returned', true);
    const { card } = await here.say('maintenance off');
    await here.press(card, 'maintenance.end');
    await here.say('unmute better');
    await bot.poll(1);
    expect(here.heard()).toEqual([]);
    await bot.poll(2);
    expect(here.heard()).toEqual([]);
    expect(wordsOf((await here.say('watches')).card)).toMatch(
      /Held back: 2 by mute, 2 by maintenance/u,
    );
  });

  it('is told by the next bad reading, where the good one stays alone', async () => {
    const here = bot.room();
    await here.say('watch name:dipped');
    await here.say('mute dipped for 1h');
    score('dipped', 20);
    await bot.poll(3);
    score('dipped', 95);
    await here.say('unmute dipped');
    await bot.poll(1);
    expect(here.heard()).toEqual([]);
    score('dipped', 18);
    await bot.poll(1);
    expect(here.heard()).toEqual(['Poor 18 · DIPPED → crm']);
  });

  it('would be so much, says what plain words offer, before it is pressed', async () => {
    const here = bot.room();
    await here.say('watch name:offered');
    score('offered', 20);
    await bot.poll(3);
    const { card } = await here.say('please mute offered until tomorrow');
    expect(wordsOf(card)).toMatch(
      /mute OFFERED until tomorrow 08:00\n.*it would have hidden 1 alert about 1 agent\./u,
    );
    const pressed = await here.press(card, 'agent.mute');
    expect(wordsOf(pressed.card)).toContain('OFFERED is muted here until');
    const all = await here.say('please mute agents in boise for 2h');
    expect(wordsOf(all.card)).toMatch(
      /maintenance boise from now to .*\n.*it would have hidden no alert at these hours\./u,
    );
    const planned = await here.press(all.card, 'maintenance.plan');
    expect(wordsOf(planned.card)).toContain('Maintenance of boise from');
  });

  it('is not told to be worse by a good reading behind a single worse one', async () => {
    const here = bot.room();
    await here.say('watch name:outlier');
    score('outlier', 48);
    await bot.poll(3);
    score('outlier', 10);
    await bot.poll(1);
    score('outlier', 95);
    await bot.poll(1);
    expect(here.heard()).toEqual(['Poor 48 · OUTLIER → crm']);
  });

  it('is a conversation’s own', async () => {
    const other = bot.room();
    await other.say('watch name:well-1');
    expect(wordsOf((await other.say('watches')).card)).not.toMatch(/held back/iu);
  });
});
