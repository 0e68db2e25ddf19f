import {
  type SimulatedAgent,
  simulatedAgent,
  simulatedSession,
} from '../../src/simulator/agent.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { type CardContent, wordsOf } from '../fakes/card-actions.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import { pass, passUntil } from './pass.ts';

export const boise = (
  number: number,
  more: Partial<SimulatedAgent> = {},
  paused = false,
): SimulatedAgent =>
  simulatedAgent({
    id: `boi-${number}`,
    name: `BOI-${number}`,
    site: 'Boise',
    machineName: `machine-${number}`,
    sessions: ['crm', 'dns'].map((target) =>
      simulatedSession({
        id: `boi-${number}-${target}`,
        description: target,
        host: `${target}.example`,
        ...(paused ? { status: 'Paused' as const } : {}),
      }),
    ),
    ...more,
  });

export interface BulkBot extends StartedBot {
  readonly clock: FakeClock;
  /** Until the message of a job says so; gives its card. */
  shows(words: string | RegExp): Promise<CardContent>;
  /** The newest card of each message of the conversation, as somebody sees it there now. */
  cards(): readonly CardContent[];
  /** Previews it and presses the button. */
  start(text: string, inputs?: Readonly<Record<string, unknown>>): Promise<CardContent>;
}

export const bulkBot = async (
  agents: readonly SimulatedAgent[],
  environment: Readonly<Record<string, string>> = {},
  clock: FakeClock = fakeClock(),
  /** Who watches, where it is another bot's conversation. */
  before?: TeamsUser,
): Promise<BulkBot> => {
  const bot = await startBot({
    clock,
    watching: true,
    agents,
    environment: { POLL_SECONDS: '3600', ...environment },
  });
  if (before === undefined)
    await passUntil(clock, () =>
      bot.simulator.requests.some(({ path }) => path === '/agents/status'),
    );
  // The conversation of before is moved to this bot's connector.
  else await bot.alex.say('whoami');
  await pass(clock, 1000);
  const cards = (): readonly CardContent[] => {
    const newest = new Map<string, CardContent>();
    for (const sent of [...bot.connector.activities, ...bot.connector.updates]) {
      const card = sent.activity.attachments?.[0]?.content;
      if (card !== undefined) newest.set(sent.id, card);
    }
    return [...newest.values()];
  };
  return {
    ...bot,
    clock,
    cards,
    shows: async (words) => {
      const found = (): CardContent | undefined =>
        cards().findLast((card) =>
          typeof words === 'string' ? wordsOf(card).includes(words) : words.test(wordsOf(card)),
        );
      await passUntil(clock, () => found() !== undefined);
      return found() ?? {};
    },
    start: async (text, inputs = {}) => {
      const { card, messageId } = await bot.alex.say(text);
      const pressed = await bot.alex.press(card, 'bulk.start', inputs, { messageId });
      return pressed.card;
    },
  };
};
