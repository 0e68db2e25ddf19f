import { pass, passUntil } from '../app/pass.ts';
import { startBot } from '../fakes/bot.ts';
import { type CardContent, elementsOf, executesOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import type { SentActivity } from '../fakes/connector.ts';
import { headlines } from '../fakes/headlines.ts';

type BotOptions = Parameters<typeof startBot>[0];

/** What a person sees of an activity. */
export const cardOf = (activity: SentActivity | undefined): CardContent =>
  activity?.attachments?.[0]?.content ?? {};

export const verbsOf = (card: CardContent): readonly string[] =>
  executesOf(card).map(({ verb }) => verb);

/** Whom Teams mentions there: those of whom a text block says just what the entity says. */
export const mentionedIn = (activity: SentActivity | undefined): readonly string[] => {
  const all = elementsOf(cardOf(activity));
  const texts = all.flatMap(({ type, text }) => (type === 'TextBlock' ? [String(text)] : []));
  return all.flatMap(({ type, text, mentioned }) =>
    type === 'mention' && texts.some((one) => one.includes(String(text)))
      ? [`${String(text)} ${JSON.stringify(mentioned)}`]
      : [],
  );
};

/** The whole bot between two fakes on a clock that stands still: many stories share one, each in a channel of its own. */
export const watchedBot = async ({
  start,
  pollSeconds = 5,
  environment = {},
  ...options
}: Omit<NonNullable<BotOptions>, 'clock' | 'watching'> & {
  readonly start?: number;
  readonly pollSeconds?: number;
}) => {
  const clock = fakeClock(start);
  const bot = await startBot({
    ...options,
    clock,
    watching: true,
    environment: { POLL_SECONDS: `${pollSeconds}`, ...environment },
  });
  const { edit, requests } = bot.simulator;
  const stepMs = pollSeconds * 100;
  const polls = () => requests.filter(({ path }) => path === '/agents/status').length;
  const poll = async (times = 1): Promise<void> => {
    const before = polls();
    await passUntil(clock, () => polls() >= before + times, stepMs);
    // What was read is stored, and what follows is sent.
    await pass(clock, 2000, stepMs);
  };
  let rooms = 0;
  return {
    ...bot,
    clock,
    edit,
    poll,
    polls,
    pass: (ms: number) => pass(clock, ms, stepMs),
    /** A channel in which nobody has said anything yet. */
    room: () => {
      rooms += 1;
      const id = `19:room-${rooms}@thread.tacv2`;
      const user = bot.user({ conversation: { id, conversationType: 'channel' } });
      const all = () => bot.connector.messages(id);
      return {
        ...user,
        id,
        /** A second passes first: Teams takes only so many messages in a second, and nobody else moves the clock. */
        say: async (text: string, fields?: Parameters<typeof user.say>[1]) => {
          await pass(clock, 1000, 500);
          return user.say(text, fields);
        },
        all,
        /** The first lines of what was posted about agents, in order. */
        heard: (): readonly string[] =>
          headlines(bot.connector, id).filter((words) => isNews.test(words)),
        /** The newest state of the messages that began like this, in order of posting. */
        posted: (summary: RegExp): readonly SentActivity[] => {
          const ids = bot.connector.activities
            .filter(({ conversationId }) => conversationId.split(';')[0] === id)
            .filter(({ activity }) => summary.test(activity.summary ?? ''))
            .map((sent) => sent.id);
          return ids.flatMap((one) => {
            const changed = bot.connector.updates.findLast((update) => update.id === one);
            const first = bot.connector.activities.find((sent) => sent.id === one);
            return (changed ?? first)?.activity ?? [];
          });
        },
      };
    },
  };
};

const isNews =
  /^(?:Poor|Fair|Fine|Offline|Back|Did not come|Closed|Deleted|Not watched|\d+ agents|#\d+ )/u;

export type WatchedBot = Awaited<ReturnType<typeof watchedBot>>;
export type Room = ReturnType<WatchedBot['room']>;
