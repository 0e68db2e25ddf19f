import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quarterMs } from '../../src/features/history/domain/quarters.ts';
import { openStore } from '../../src/store/open.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { type Room, type WatchedBot, watchedBot } from './watched-bot.ts';

const zone = 'Europe/Berlin';
/** A Friday. */
const start = DateTime.fromISO('2026-11-27T16:30', { zone }).toMillis();
const dayMs = 24 * 60 * 60_000;
const suite = forSuite();
let bot: WatchedBot;
let room: Room;
let always: Room;

const isOffice = (at: number): boolean => {
  const { weekday, hour } = DateTime.fromMillis(at, { zone });
  return weekday <= 5 && hour >= 8 && hour < 17;
};

/**
 * Thirty days in which who is named so came in office hours, or was there all the time. In the middle of them the
 * bot did not run: two weeks are enough to learn from.
 */
const pastOf = async (url: string): Promise<void> => {
  const store = await openStore({ url, clock: fakeClock(start), log: silentLog });
  await store.transaction(async (tx) => {
    for (let at = start - 30 * dayMs; at < start; at += quarterMs) {
      const ago = (start - at) / dayMs;
      if (ago > 14 && ago <= 28) continue;
      const online = [
        'server',
        ...(isOffice(at) ? ['ends', 'inside', 'missing', 'by-hand'] : []),
        ...(ago <= 6 ? ['young'] : []),
        ...(ago > 28 ? ['former'] : []),
      ];
      await tx.presence.mark('default', at, new Set(online));
    }
  });
  await store.close();
};

beforeAll(async () => {
  const url = await aDatabase(suite.whenDone);
  await pastOf(url);
  const agents = ['ends', 'inside', 'missing', 'by-hand', 'night', 'server', 'young', 'former'];
  bot = await watchedBot({
    agents: [...agents.map((id) => agentOf(id)), ...healthyOthers],
    start,
    pollSeconds: 60,
    environment: { DATABASE_URL: url },
    whenDone: suite.whenDone,
  });
  await bot.poll(2);
  room = bot.room();
  always = bot.room();
});
afterAll(() => suite.finish());

const away = (id: string): void => bot.edit.setOnline(id, false);
/** To that time in Berlin, with what a poll finds there. */
const goTo = async (time: string): Promise<void> => {
  await bot.clock.jump(DateTime.fromISO(time, { zone }).toMillis() - bot.clock.now());
  await bot.poll(3);
};
const news = (one: Room): readonly string[] =>
  one.heard().map((line) => line.split(' · ').slice(0, 2).join(' · '));

describe('usual hours', () => {
  it('are learned from seven days on, looking back up to 28', async () => {
    const hours = async (id: string) => wordsOf((await room.say(`hours ${id}`)).card);
    expect(await hours('ends')).toContain('Mon-Fri 08:00-17:00 · Europe/Berlin');
    expect(await hours('server')).toContain('online nearly all the time');
    expect(await hours('young')).toContain('not learned yet, 6 of 7 days');
    expect(await hours('former')).toContain('not learned yet, 0 of 7 days');
  });

  it('that are not learned yet are said in the answer to “watch”, and every absence is told', async () => {
    expect(wordsOf((await room.say('watch name:ends')).card)).toContain(
      'When they are usually online is known',
    );
    expect(wordsOf((await room.say('watch name:young')).card)).toMatch(
      /is not known yet: until it is learned, every absence is told/u,
    );
    await room.say('watch');
    away('young');
    await bot.poll(4);
    expect(news(room)).toEqual(['Offline · YOUNG']);
  });

  it('make silence of who goes at their end or outside of them; “watch … always” counts every absence', async () => {
    await always.say('watch name:ends always');
    await bot.leap(20 * 60_000);
    away('ends');
    await bot.poll(4);
    await goTo('2026-11-27T20:00');
    for (const id of ['inside', 'missing', 'by-hand']) away(id);
    await bot.poll(4);
    expect(news(room).slice(1)).toEqual([]);
    expect(news(always)).toEqual(['Offline · ENDS']);
  });

  it('are set by hand with “hours”, also over midnight', async () => {
    const set = await room.say('hours by-hand mon-fri 10:00-18:00');
    expect(wordsOf(set.card)).toMatch(/The hours of BY-HAND are set[\s\S]*Mon-Fri 10:00-18:00/u);
    const night = await room.say('hours night mon-fri 22:00-06:00');
    expect(wordsOf(night.card)).toContain('Mon-Fri 22:00-06:00');
  });

  it('tell of what never pauses at any time', async () => {
    await goTo('2026-11-28T03:00');
    away('server');
    await bot.poll(4);
    expect(news(room).slice(1)).toEqual(['Offline · SERVER']);
    bot.edit.setOnline('server', true);
    await bot.poll(4);
    expect(news(room).slice(2)).toEqual(['Back online · SERVER']);
  });

  it('tell of who is missing 45 minutes into them, and not before; a set hour counts like a learned one', async () => {
    await goTo('2026-11-30T07:55');
    for (const id of ['ends', 'inside']) bot.edit.setOnline(id, true);
    await goTo('2026-11-30T08:40');
    expect(news(room).slice(3)).toEqual([]);
    await bot.leap(6 * 60_000);
    expect(news(room).slice(3)).toEqual(['Did not come · MISSING']);
    expect(room.posted(/^Did not come/u)[0]?.summary).toContain('usually online from 08:00');
    await goTo('2026-11-30T10:40');
    expect(news(room).slice(4)).toEqual([]);
    await bot.leap(6 * 60_000);
    expect(news(room).slice(4)).toEqual(['Did not come · BY-HAND']);
  });

  it('tell of who goes offline inside them, also where they end on the next day', async () => {
    away('inside');
    away('night');
    await bot.poll(4);
    expect(news(room).slice(5)).toEqual(['Offline · INSIDE']);
    bot.edit.setOnline('night', true);
    await goTo('2026-12-01T01:00');
    away('night');
    await bot.poll(4);
    expect(news(room).slice(6)).toEqual(['Offline · NIGHT']);
  });
});
