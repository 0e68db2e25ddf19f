import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/features/history/store.ts';
import { openStore } from '../../src/store/open.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { pass, passUntil } from './pass.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const pollSeconds = 5;

/** A database that has seen `crm` of lax-12 at about 92 for some days, and nothing else. */
const start = async (days: number) => {
  const clock = fakeClock();
  const url = await aDatabase();
  const store = await openStore({ url, clock, log: silentLog });
  const begin = Math.floor(clock.now() / hour) * hour;
  const samples = Array.from({ length: days * 4 }, (_, place): Sample => {
    const at = begin - (1 + Math.floor(place / 4)) * day + (place % 4) * 15 * minute;
    return { agentId: 'lax-12', sessionId: 'crm-1', at, word: 'good', score: 92 };
  });
  await store.samples.add('default', samples, 'thinned');
  await store.prune(clock.now() + hour);
  await store.close();
  const bot = await startBot({
    clock,
    watching: true,
    environment: { POLL_SECONDS: `${pollSeconds}`, DATABASE_URL: url },
  });
  const { edit } = bot.simulator;
  edit.setQuality('lax-12', 'voice-1', { score: 95 });
  edit.setQuality('lax-12', 'crm-1', { score: 91 });
  const summaries = (text: RegExp) =>
    bot.connector.activities.filter(({ activity }) => text.test(activity.summary ?? ''));
  const until = async (text: RegExp) => {
    await passUntil(clock, () => summaries(text).length > 0);
    return wordsOf(summaries(text).at(-1)?.activity.attachments?.[0]?.content ?? {});
  };
  return { ...bot, clock, edit, summaries, until };
};

describe('a watch for what is worse than usual', () => {
  it('raises by the same hour of earlier days, says what is usual, and ends', async () => {
    const { alex, edit, until, summaries } = await start(6);
    const made = wordsOf((await alex.say('watch target:crm worse than usual for 10s')).card);
    expect(made).toContain('Worse than usual (by 10 points or more)');
    expect(made).toContain('after 10s');
    expect(made).toContain('is known of 1 of their 3 targets');
    expect(made).toContain('How often they were worse before is not counted here');
    edit.setQuality('lax-12', 'crm-1', { score: 71 });
    const card = await until(/usually 92 · LAX-12/u);
    expect(card).toContain('LAX-12 → crm is worse than usual');
    expect(card).toContain('Score 71, usually 92 at this hour');
    // Of voice nobody knows what is usual, so nothing is said of it.
    edit.setQuality('lax-12', 'voice-1', { score: 45 });
    edit.setQuality('lax-12', 'crm-1', { score: 92 });
    expect(await until(/^As usual again/u)).toContain('is as usual again');
    expect(summaries(/voice/u)).toEqual([]);
  });

  it('tells nothing while fewer than five days are known, which the answer says', async () => {
    const { alex, edit, summaries, clock } = await start(4);
    const made = wordsOf((await alex.say('watch lax worse than usual')).card);
    expect(made).toContain('is known of 0 of their 2 targets');
    expect(made).toContain('Nothing is told of the others until 5 days are known');
    edit.setQuality('lax-12', 'crm-1', { score: 20 });
    await pass(clock, minute);
    expect(summaries(/usually|Poor|LAX-12/u)).toEqual([]);
  });
});
