import { expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { startTalk } from './talk.ts';

it.each([
  ['mute lax', 'mute'],
  ['watch after 5x', 'watch'],
  ['maintenance boise', 'maintenance'],
  ['digest daily', 'digest'],
  ['ack soon', 'ack'],
])('“%s” cannot be read, and leads to the help about it', async (text, topic) => {
  const alex = (await startTalk()).speaker();
  const [press, ...more] = executesOf((await alex.say(text))?.card ?? {});
  expect(more).toEqual([]);
  expect(press).toMatchObject({ verb: 'command.run', data: { command: 'help', topic } });
  const help = await alex.execute('command.run', press?.data ?? {});
  expect(wordsOf(help?.card ?? {})).toContain(topic);
});

it('leads nowhere from help itself', async () => {
  const alex = (await startTalk()).speaker();
  const answer = await alex.say(`help ${'x'.repeat(1100)}`);
  expect(executesOf(answer?.card ?? {})).toEqual([]);
});
