import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

it.each([
  ['mute lax till tomorrow', 'agent.mute', /LAX-12 is muted here until .*08:00/u],
  [
    'mute wifi agents till tomorrow',
    'maintenance.plan',
    /Maintenance of is:wifi from .* to .*08:00/u,
  ],
  ['pause wifi agents every night', 'schedule.create', /pause where is:wifi daily 22:00-06:00/u],
  ['pause lax-12 every night', 'schedule.create', /pause LAX-12 daily 22:00-06:00/u],
])('“%s” does it by its one press, and nothing before', async (text, verb, done) => {
  const { alex } = await startBot();
  const [press, ...more] = executesOf((await alex.say(text)).card);
  expect(more).toEqual([]);
  expect(press?.verb).toBe(verb);
  expect(wordsOf((await alex.say('schedules')).card)).toContain('Nothing is paused');
  expect(wordsOf((await alex.say('maintenance')).card)).toContain('Nothing is planned');
  if (press === undefined) throw new Error('no button');
  const { card } = await alex.execute(press);
  expect(wordsOf(card)).toMatch(done);
});

it.each([
  ['an agent and a filter', { agent: 'lax-12', filter: 'is:wifi' }],
  ['neither', {}],
])('makes no schedule by a button that names %s', async (_name, subject) => {
  const { alex } = await startBot();
  const data = { ...subject, days: [1], from: '22:00', to: '06:00' };
  await alex.execute({ verb: 'schedule.create', data });
  expect(wordsOf((await alex.say('schedules')).card)).toContain('Nothing is paused');
});
