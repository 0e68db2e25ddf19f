import { expect, it } from 'vitest';
import { z } from 'zod';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { passUntil } from './pass.ts';

const Readiness = z.object({ ready: z.boolean(), reasons: z.array(z.string()).optional() });

it.each([
  ['400 s ahead of', 400_000],
  ['400 s behind', -400_000],
  ['2 h ahead of', 7_500_000],
])(
  "A5: a clock that is %s PingPlotter's raises alerts all the same, and is said",
  async (_, ms) => {
    const clock = fakeClock();
    const bot = await startBot({
      clock,
      watching: true,
      environment: { POLL_SECONDS: '5' },
      now: () => clock.now() - ms,
    });
    bot.simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await bot.alex.say('watch');
    const told = () => headlines(bot.connector, bot.alex.conversation.id).slice(1);
    const polls = () => bot.simulator.requests.filter(({ path }) => path === '/agents').length;
    await passUntil(clock, () => polls() > 2);
    bot.simulator.edit.setQuality('lax-12', 'voice-1', { score: 20 });
    await passUntil(clock, () => told().includes('Poor 20 · LAX-12 → voice'));

    const health = wordsOf((await bot.alex.say('health'))?.card ?? {});
    expect(health).toContain(
      `This machine's clock is ${ms > 3_600_000 ? '2 h' : '6 min'} ${ms > 0 ? 'ahead of' : 'behind'} PingPlotter's`,
    );
    const readiness = Readiness.parse(await (await fetch(`${bot.url}/readyz`)).json());
    expect(readiness).toEqual({ ready: true, reasons: ['clock-off'] });
    expect(bot.logged.filter((line) => line.includes('clock.off'))).toHaveLength(1);
  },
);
