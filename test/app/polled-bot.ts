import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { pass, passUntil } from './pass.ts';

type BotOptions = NonNullable<Parameters<typeof startBot>[0]>;

interface Options extends Omit<BotOptions, 'clock' | 'watching'> {
  readonly start?: number;
  readonly pollSeconds?: number;
}

/** The whole bot between two fakes, which polls on a clock that only the test moves. */
export const polledBot = async ({
  start,
  pollSeconds = 5,
  environment = {},
  ...options
}: Options = {}) => {
  const clock = fakeClock(start);
  const bot = await startBot({
    ...options,
    clock,
    watching: true,
    environment: { POLL_SECONDS: `${pollSeconds}`, ...environment },
  });
  const { edit, requests } = bot.simulator;
  const polls = () => requests.filter(({ path }) => path === '/agents/status').length;
  const strideMs = pollSeconds * 1000;
  const until = (holds: () => boolean | Promise<boolean>) => passUntil(clock, holds);
  return {
    ...bot,
    clock,
    edit,
    polls,
    pass: (ms: number) => pass(clock, ms),
    /** The same from poll to poll: what is due in between is done with the next one. */
    leap: (ms: number) => pass(clock, ms, strideMs),
    until,
    /** Until it has read so many times more; what follows from that may be under way. */
    untilPolled: async (times: number): Promise<void> => {
      const before = polls();
      await until(() => polls() > before);
      // From one poll on, a stride ends just at the next.
      await passUntil(clock, () => polls() >= before + times, strideMs);
    },
  };
};

/** Its usual fleet, of which nobody is in trouble. */
export const calmBot = async (options: Options = {}) => {
  const bot = await polledBot(options);
  bot.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  bot.edit.setOnline('den-1', true);
  return bot;
};
