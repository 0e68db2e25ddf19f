import { afterAll } from 'vitest';
import { forSuite } from '../store/a-folder.ts';
import { type StartedBot, startBot } from './bot.ts';

const mostTests = 250;

/**
 * One bot for many tests that leave PingPlotter as it is. Each of them talks to it as an admin of its own in a chat
 * of its own, and sees only what has changed since it began.
 */
export const sharedBot = (
  options: Omit<NonNullable<Parameters<typeof startBot>[0]>, 'whenDone'> = {},
): (() => Promise<StartedBot>) => {
  const { whenDone, finish } = forSuite();
  afterAll(finish);
  const admins = Array.from({ length: mostTests }, (_, index) => `admin-${index}`);
  const environment = { ...options.environment, BOT_ADMINS: admins.join(',') };
  let started: Promise<StartedBot> | undefined;
  let tests = 0;
  return async () => {
    started ??= startBot({ ...options, environment, whenDone });
    const bot = await started;
    const id = admins[tests];
    if (id === undefined) throw new Error('that many tests are too many for one bot');
    tests += 1;
    const before = bot.changes().length;
    return {
      ...bot,
      alex: bot.user({
        person: { id: `29:${id}`, name: 'Alex Wilber', aadObjectId: id },
        conversation: { id: `a:${id}`, conversationType: 'personal' },
      }),
      changes: () => bot.changes().slice(before),
    };
  };
};
