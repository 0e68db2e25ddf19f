import { expect, it } from 'vitest';
import { startTalk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { smallFleet } from '../../simulator/started.ts';

const twins = async (role: 'viewer' | 'operator' = 'operator') => {
  const talk = await startTalk({ role, admins: ['alex'] });
  for (const { id } of smallFleet.filter(({ template }) => !template))
    talk.simulator.edit.rename(id, 'Front Desk');
  return talk;
};

it('C5: rows and choices of a list tell agents of one name apart', async () => {
  const talk = await twins();
  const alex = talk.speaker();
  const list = (await alex.say('agents'))?.card ?? {};
  const titles = executesOf(list)
    .filter(({ verb, title }) => verb === 'agent.show' && title !== 'Open')
    .map(({ title }) => title);
  expect(titles.length).toBeGreaterThan(1);
  expect(new Set(titles).size).toBe(titles.length);
  for (const title of titles) expect(title).toMatch(/^Open Front Desk \(.+\)$/u);
});

it('C5: so do the question which one, the agent card, a mute and a watch', async () => {
  const talk = await twins();
  const alex = talk.speaker();
  const asked = (await alex.say('mute front desk for 1h'))?.card ?? {};
  const [one] = executesOf(asked);
  const muted = await alex.execute('agent.mute', one?.data);
  expect(muted?.summary).toMatch(/Front Desk \(.+\)/u);
  const shown = await alex.execute('agent.show', { agent: one?.data['agent'] });
  expect(shown?.summary).toMatch(/Front Desk \(.+\)/u);
  expect(wordsOf((await alex.say('watch'))?.card ?? {})).toMatch(/Front Desk \(.+\)/u);
  expect(wordsOf((await alex.say('watches'))?.card ?? {})).toMatch(/Front Desk \(.+\)/u);
});

it('G10: a row says to a screen reader what it shows', async () => {
  const talk = await startTalk();
  const list = (await talk.speaker().say('agents'))?.card ?? {};
  const rows = executesOf(list).filter(
    ({ verb, data }) => verb === 'agent.show' && 'agent' in data,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { tooltip } of rows)
    expect(tooltip).toMatch(/^(?:Good|Fair|Poor|Offline|No data|Paused|Never)/u);
});
