import { expect, it } from 'vitest';
import { z } from 'zod';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { passUntil } from './pass.ts';

/** A database that can be taken away from the bot, and given back. */
export interface Taken {
  readonly url: string;
  readonly take: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
}

export const Readiness = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.boolean()),
});

/** The bot with a database that is taken away. */
export const storeTaken = (what: string, aDatabase: () => Promise<Taken>): void => {
  it(`with ${what} the bot answers what needs no store, says so where it does, and is back with it`, async () => {
    const database = await aDatabase();
    const clock = fakeClock();
    const environment = { DATABASE_URL: database.url, POLL_SECONDS: '60' };
    const { url, alex, changes } = await startBot({ clock, environment, watching: true });
    const readiness = async () => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, ...Readiness.parse(await response.json()) };
    };
    const ready = async () => (await readiness()).ready;
    await passUntil(clock, ready);

    await database.take();
    expect(await readiness()).toMatchObject({ status: 503, checks: { store: false } });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('bot_ready{check="store"} 0');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(wordsOf((await alex.say('help')).card)).toContain('agents [filter]');
    expect(wordsOf((await alex.say('agents')).card)).toContain('LAX-12');
    await alex.say('pause lax / crm');
    expect(changes()).toHaveLength(1);
    expect(wordsOf((await alex.say('watch')).card)).toContain('database is unavailable');

    await database.giveBack();
    await passUntil(clock, ready);
    expect(wordsOf((await alex.say('watches')).card)).toContain('Nothing is watched here yet');
    expect((await alex.say('watch')).summary).toContain('Watching 2 agents');
  }, 60_000);
};
