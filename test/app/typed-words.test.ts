import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';

it.each([
  'passw0rd-hunter2',
  'passw0rd-hunter2 and more',
  'watch passw0rd-hunter2 for passw0rd-hunter2',
  'pause passw0rd-hunter2 for passw0rd-hunter2',
  'rename lax-12 too passw0rd-hunter2',
  'agents score<passw0rd-hunter2',
  'help passw0rd-hunter2',
  'mute passw0rd-hunter2',
])('F: no typed word reaches the log: %s', async (text) => {
  const bot = await startBot();
  await bot.alex.say(text);
  expect(bot.logged.some((line) => line.includes('turn.done'))).toBe(true);
  expect(bot.logged.filter((line) => line.includes('hunter2'))).toEqual([]);
});
