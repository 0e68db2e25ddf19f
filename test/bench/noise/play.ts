import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeClock } from '../../fakes/clock.ts';
import { allSites } from './network.ts';
import { dayMs } from './people.ts';
import { type Channel, type Post, watchWorld } from './watched-world.ts';
import { aWorld, type World } from './world.ts';

export const start = Date.parse('2026-11-02T00:00:00Z');
export const days = 14;

export const everything: Channel = { key: 'all', filter: '', timeZone: 'Europe/Berlin' };

/** One that hears of all agents, and one for each site. */
export const channels: readonly Channel[] = [
  everything,
  ...allSites.map(({ code, timeZone }) => ({
    key: code,
    filter: `field.Site:${code}`,
    timeZone,
  })),
];

export interface Played {
  readonly world: World;
  readonly posts: readonly Post[];
  readonly updates: number;
}

/** A database in memory: each poll commits, and waiting for a disk 20,000 times says nothing about alerts. */
const memory = '/dev/shm';

/** Fourteen days of 240 agents, as the bot watched them. */
export const play = async (
  seed: number,
  eachDay: (played: Played) => void = () => {},
): Promise<Played> => {
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'bot-bench-'));
  try {
    const clock = fakeClock(start);
    const world = aWorld({ seed, sites: allSites, start, days, now: clock.now });
    const url = `file:${join(folder, 'bot.db')}`;
    const watched = await watchWorld(clock, world.pingPlotter, channels, url);
    const played = (): Played => ({ world, posts: watched.posts, updates: watched.updates() });
    while (clock.now() < start + days * dayMs) {
      await watched.minute();
      if ((clock.now() - start) % dayMs === 0) eachDay(played());
    }
    await watched.close();
    return played();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
