import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aDatabase } from '../store/a-database.ts';
import { pass } from './pass.ts';

const hour = 60 * 60_000;

const start = async (
  database: string,
  at: number,
  before?: { readonly simulator: { readonly url: string; readonly key: string } },
) => {
  const clock = fakeClock(at);
  const bot = await startBot({
    clock,
    watching: true,
    environment: {
      POLL_SECONDS: '3600',
      DATABASE_URL: database,
      ...(before && {
        PINGPLOTTER_BASE_URL: before.simulator.url,
        PINGPLOTTER_API_KEY: before.simulator.key,
      }),
    },
  });
  return {
    ...bot,
    clock,
    goOn: async (hours: number) => {
      await clock.jump(hours * hour);
      await pass(clock, 6000);
    },
    /** Where it was said, and what. */
    said: () =>
      bot.connector.activities
        .filter(({ activity }) => activity.summary?.includes('still paused'))
        .map(({ conversationId, activity }) => `${conversationId}: ${activity.summary ?? ''}`),
  };
};

it('who has paused for more than a day is reminded once, in 1:1, but not of what has an end', async () => {
  const database = await aDatabase();
  const begin = Date.parse('2026-11-23T12:00:00Z');
  const bot = await start(database, begin);
  await bot.alex.say('whoami');
  const there = bot.user({ conversation: { id: '19:ops', conversationType: 'groupChat' } });
  await there.say('pause lax-12');
  await there.say('pause den-1 for 3d');
  await bot.goOn(23);
  expect(bot.said()).toEqual([]);
  await bot.goOn(2);
  expect(bot.said()).toEqual([
    'a:personal-alex: LAX-12 is still paused · paused by Alex Wilber more than a day ago · nothing resumes by itself',
  ]);
  await bot.goOn(3);
  expect(bot.said()).toHaveLength(1);
  const again = await start(database, bot.clock.now(), bot);
  await again.goOn(1);
  expect(again.said()).toEqual([]);
  expect(wordsOf((await again.alex.say('agent lax-12')).card)).toContain('paused by Alex Wilber');
});

it('somebody without a 1:1 chat is reminded where they paused, and nobody of what is resumed', async () => {
  const bot = await start(await aDatabase(), Date.parse('2026-11-23T12:00:00Z'));
  const there = bot.user({ conversation: { id: '19:ops', conversationType: 'groupChat' } });
  await there.say('pause lax-12');
  await there.say('pause den-1');
  await there.say('resume den-1');
  await bot.goOn(25);
  expect(bot.said()).toEqual([
    '19:ops: LAX-12 is still paused · paused by Alex Wilber more than a day ago · nothing resumes by itself',
  ]);
});

it('who pauses many is reminded, but nobody of what a schedule has left paused', async () => {
  const bot = await start(await aDatabase(), Date.parse('2026-11-23T12:00:00Z'));
  await bot.alex.say('pause lax-12 daily 12:00-20:00');
  await bot.goOn(0);
  expect((await bot.alex.say('unschedule 1')).summary).toContain('has ended');
  const { card, messageId } = await bot.alex.say('pause where name:den-1');
  await bot.alex.press(card, 'bulk.start', {}, { messageId });
  await bot.goOn(0);
  expect(bot.changes()).toEqual([
    'PUT /agents/lax-12/sessions?action=0',
    'PUT /agents/den-1/sessions?action=0',
  ]);
  await bot.goOn(23);
  await bot.goOn(2);
  expect(bot.said()).toEqual([
    'a:personal-alex: DEN-1 is still paused · paused by Alex Wilber more than a day ago · nothing resumes by itself',
  ]);
});
