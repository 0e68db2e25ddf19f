import { expect, it } from 'vitest';
import { elementsOf, executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { boise, bulkBot } from './bulk-fleet.ts';

const paused = (id: number): string => `PUT /agents/boi-${id}/sessions?action=0`;
const day = 24 * 60 * 60_000;

const titles = (card: object): readonly string[] =>
  elementsOf(card).flatMap(({ type, title }) =>
    ['Action.Execute', 'Action.ShowCard'].includes(String(type)) && typeof title === 'string'
      ? [title]
      : [],
  );

/** The boxes of a card that are ticked when it comes. */
const tickedOn = (card: object): string =>
  String(elementsOf(card).find(({ id }) => id === 'agents')?.['value']);

it('acts on the agents of a list but for those that are left out, after the normal preview', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3), boise(4, { site: 'Denver' })]);
  const { card: list, messageId } = await bot.alex.say('agents field.Site:Boise');
  expect(titles(list)).toContain('Act on these 3');
  const { card } = await bot.alex.press(list, 'bulk.choose', {}, { messageId });
  expect(wordsOf(card)).toContain('Act on 3 agents');
  expect(titles(card).filter((title) => title !== 'Preview')).toEqual([
    ...['Pause', 'Resume', 'Reconnect', 'Rename', 'Delete', 'Back'],
  ]);
  expect(tickedOn(card)).toBe('boi-1,boi-2,boi-3');
  const none = await bot.alex.press(card, 'bulk.plan', { act: 'pause', agents: '' }, { messageId });
  expect(wordsOf(none.card)).toContain('Tick at least one agent');
  const wrong = await bot.alex.press(
    card,
    'bulk.plan',
    { act: 'pause', agents: 'boi-2', for: 'soon' },
    { messageId },
  );
  expect(wordsOf(wrong.card)).toContain('Act on 3 agents');
  expect([tickedOn(wrong.card), wordsOf(wrong.card)]).toEqual([
    'boi-2',
    expect.stringContaining('soon'),
  ]);
  const { card: preview } = await bot.alex.press(
    card,
    'bulk.plan',
    { act: 'pause', agents: 'boi-1,boi-3', for: '2h' },
    { messageId },
  );
  expect(wordsOf(preview)).toContain('Pause 2 agents?');
  expect(wordsOf(preview)).toContain('chosen agents where field.Site:Boise · for 2 h');
  expect(bot.changes()).toEqual([]);
  await bot.alex.press(preview, 'bulk.start', {}, { messageId });
  await bot.shows('Paused 2 agents');
  expect(bot.changes().toSorted()).toEqual([paused(1), paused(3)]);
});

it('says that those beyond the boxes are acted on too, and leaves out of the boxes who is not ticked', async () => {
  const bot = await bulkBot(Array.from({ length: 30 }, (_, index) => boise(index + 1)));
  const { card: list, messageId } = await bot.alex.say('agents boise');
  const { card } = await bot.alex.press(list, 'bulk.choose', {}, { messageId });
  expect(wordsOf(card)).toContain('These are the first 25. The other 5 are acted on too');
  const boxes = tickedOn(card).split(',');
  expect(boxes.length).toBe(25);
  const { data = {} } = executesOf(card).find(({ data: { act } }) => act === 'reconnect') ?? {};
  const { card: preview } = await bot.alex.press(
    card,
    'bulk.plan',
    { ...data, agents: boxes.slice(1).join(',') },
    { messageId },
  );
  expect(wordsOf(preview)).toContain('Reconnect 29 agents?');
});

it('offers an operator all but to delete, and a viewer nothing', async () => {
  const bot = await bulkBot([boise(1), boise(2)]);
  const here = (name: string) =>
    bot.user({
      conversation: { id: `a:${name}`, conversationType: 'personal' },
      person: { id: `29:${name}`, name, aadObjectId: name },
    });
  const [olga, vera] = [here('olga'), here('vera')];
  await vera.say('whoami');
  await bot.alex.say('grant vera viewer');
  const { card: list } = await vera.say('agents boise');
  expect(titles(list).filter((title) => title.startsWith('Act on'))).toEqual([]);
  const refused = await vera.execute({
    verb: 'bulk.choose',
    data: { list: { filter: 'boise' } },
  });
  expect(wordsOf(refused.card)).toContain('Not allowed');
  const hers = await olga.say('agents boise');
  const { card } = await olga.press(hers.card, 'bulk.choose', {}, { messageId: hers.messageId });
  expect(titles(card)).not.toContain('Delete');
  const forged = { act: 'delete', agents: 'boi-1' };
  const { card: answer } = await olga.press(card, 'bulk.plan', forged);
  expect(wordsOf(answer)).not.toContain('Delete 1 agent');
  const rename = { act: 'rename', agents: 'boi-1,boi-2', pattern: '{field.Site}-{n}' };
  const named = await olga.press(card, 'bulk.plan', rename);
  expect(wordsOf(named.card)).toContain('Boise-2');
});

it('counts what somebody should see to, lists each, and acts on the list', async () => {
  const clock = fakeClock();
  const old = { online: false, lastMessageAt: clock.now() - 31 * day };
  const fleet = [
    boise(1, { ...old, machineId: 'machine-1' }),
    boise(2, old),
    boise(3, { online: false, lastMessageAt: undefined }),
    boise(4, { autoApprove: false }),
    boise(5, { machineId: 'machine-1' }),
    boise(6),
  ];
  const bot = await bulkBot(fleet, {}, clock);
  const { card } = await bot.alex.say('inventory');
  const words = wordsOf(card);
  expect(words).toMatch(/2 stale/u);
  expect(words).toMatch(/1 never connected/u);
  expect(words).toMatch(/1 may wait for approval/u);
  expect(words).toMatch(/2 on a machine with another/u);
  const lists = executesOf(card).filter(({ verb }) => verb.startsWith('agents.'));
  const shown: string[] = [];
  for (const { verb, data } of lists) {
    const { card: list } = await bot.alex.press(card, verb, data);
    shown.push(wordsOf(list));
  }
  expect(shown[0]).toMatch(/BOI-1[\s\S]*BOI-2[\s\S]*Act on these 2/u);
  expect(shown[1]).toMatch(/BOI-3/u);
  expect(shown[2]).toMatch(/BOI-4/u);
  expect(shown[3]).toMatch(/BOI-1[\s\S]*Offline[\s\S]*id boi-1[\s\S]*BOI-5[\s\S]*id boi-5/u);
  const machines = await bot.alex.press(card, 'agents.machines');
  const chosen = await bot.alex.press(machines.card, 'bulk.choose', { machines: true });
  expect(tickedOn(chosen.card)).toBe('boi-1,boi-5');
  const planned = { machines: true, act: 'delete', agents: 'boi-1' };
  const { card: preview } = await bot.alex.press(chosen.card, 'bulk.plan', planned);
  expect(wordsOf(preview)).toMatch(/Delete 1 agent\?[\s\S]*chosen agents/u);
});
