import { expect, it } from 'vitest';
import { sorted } from '../../../src/features/fleet/domain/list.ts';
import { simulatedAgent } from '../../../src/simulator/agent.ts';
import { type Seen, startTalk } from '../../chat/talk.ts';
import { elementsOf, executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { aView } from './an-agent.ts';

const pressOf = (seen: Seen | undefined, title: RegExp) =>
  executesOf(seen?.card ?? {}).find((one) => title.test(one.title ?? ''));

/** The names of the rows, in their order. */
const rows = (seen: Seen | undefined): readonly string[] =>
  executesOf(seen?.card ?? {}).flatMap(({ title }) => /^Open (.+)$/u.exec(title ?? '')?.[1] ?? []);

const many = Array.from({ length: 35 }, (_, n) =>
  simulatedAgent({ id: `a${n}`, name: `Agent ${String(n).padStart(2, '0')}` }),
);

it('shows the agents of a count that is pressed, within the same filter', async () => {
  const alex = (await startTalk()).speaker();
  const list = await alex.say('agents name:lax* OR is:offline');
  const poor = pressOf(list, /^1 Poor$/u);
  expect(poor?.data).toMatchObject({ filter: 'name:lax* is:poor OR is:offline is:poor' });
  const narrow = await alex.execute('agents.page', poor?.data);
  expect(rows(narrow)).toEqual(['LAX-12']);
  // What is one state already has nothing to press.
  expect(pressOf(narrow, /^1 Poor$/u)).toBeUndefined();
  const all = await alex.execute('agents.page', pressOf(narrow, /^All agents$/u)?.data);
  expect(rows(all).length).toBeGreaterThan(1);
});

it('goes to a page that is typed, stays at the last one, and leaves an empty one alone', async () => {
  const alex = (await startTalk({ agents: many })).speaker();
  const list = await alex.say('agents');
  expect(JSON.stringify(list?.card)).toContain('Go to page, 1 to 4');
  const to = (goTo: string) => alex.execute('agents.page', { filter: '', page: 1, goTo });
  expect(rows(await to('3'))[0]).toBe('Agent 20');
  expect(rows(await to('99'))[0]).toBe('Agent 30');
  expect(rows(await to(''))[0]).toBe('Agent 00');
  expect(rows(await to('x'))[0]).toBe('Agent 00');
});

it('sorts, says so, and goes on so on the next page', async () => {
  const alex = (await startTalk({ agents: many.toReversed() })).speaker();
  const list = await alex.execute('agents.page', { filter: '', sort: 'name' });
  expect(wordsOf(list?.card ?? {})).toContain('by name');
  expect(rows(list)[0]).toBe('Agent 00');
  expect(pressOf(list, /^Next 10$/u)?.data).toMatchObject({ sort: 'name', page: 2 });
  expect(elementsOf(list?.card).find(({ id }) => id === 'sort')).toMatchObject({ value: 'name' });
  expect(rows(await alex.execute('agents.page', { filter: '', sort: 'evil' }))).toHaveLength(10);
});

it('puts what is not known behind what is, at any size', async () => {
  const views = [
    aView({ agent: { name: 'b', online: false, lastSeen: 500 }, score: 90 }),
    aView({ agent: { name: 'a', online: false, lastSeen: 'never' } }),
    aView({ agent: { name: 'c' }, score: 40 }),
    aView({ agent: { name: 'd', online: false, lastSeen: 100 }, score: 40 }),
  ];
  const by = async (sort: 'name' | 'score' | 'seen') =>
    (await sorted(views, sort)).map(({ agent }) => agent.name).join('');
  expect(await by('name')).toBe('abcd');
  expect(await by('score')).toBe('cdba');
  expect(await by('seen')).toBe('dbca');
  const fleet = Array.from({ length: 3001 }, (_, n) =>
    aView({ agent: { name: `n${(n * 7919) % 3001}` } }),
  );
  const names = (await sorted(fleet, 'name')).map(({ agent }) => agent.name);
  expect(names).toEqual(Array.from({ length: 3001 }, (_, n) => `n${n}`));
});

it('mutes an agent from its card for the span that is chosen', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  const card = await alex.say('agent lax-12');
  expect(wordsOf(card?.card ?? {})).toContain('Until tomorrow, 8:00');
  await alex.press(card?.card ?? {}, 'agent.mute', { for: '15m' });
  const now = talk.clock.now();
  const until = async () => (await talk.store.mutes.active('default', now))[0]?.until ?? 0;
  expect((await until()) - now).toBe(15 * 60_000);
  await alex.execute('agent.mute', { agent: 'lax-12', for: 'tomorrow 08:00' });
  const end = new Date(await until());
  expect([end.getUTCMinutes(), (await until()) > now + 8 * 3_600_000]).toEqual([0, true]);
  const before = await until();
  const refused = await alex.execute('agent.mute', { agent: 'lax-12', for: 'soon' });
  expect(wordsOf(refused?.card ?? {})).toContain('“soon” is no duration');
  expect(await until()).toBe(before);
});

it('watches an agent from its card, and asks first where several have its name', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  const watches = () =>
    talk.store.watches.list({ account: 'default', conversationKey: 'chat-alex' });
  const card = await alex.say('agent lax-12');
  const asked = await alex.press(card?.card ?? {}, 'agent.watch');
  expect(wordsOf(asked?.card ?? {})).toContain('Watch LAX-12?');
  expect(wordsOf(asked?.card ?? {})).toContain('1 agent now');
  expect(await watches()).toEqual([]);
  expect(wordsOf((await alex.press(asked?.card ?? {}, 'agent.watch'))?.card ?? {})).toContain(
    'Watching 1 agent',
  );
  expect(await watches()).toMatchObject([{ filter: 'LAX-12' }]);
  const twins = await startTalk({
    agents: ['x', 'y'].map((id) => simulatedAgent({ id, name: 'Twin', machineName: `m-${id}` })),
  });
  await twins.speaker().say('agents');
  const first = await twins.speaker().execute('agent.watch', { agent: 'x' });
  expect(wordsOf(first?.card ?? {})).toContain('Several agents have this name');
  expect(await twins.store.watches.all('default')).toEqual([]);
});
