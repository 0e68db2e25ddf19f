import { pass } from '../app/pass.ts';
import { polledBot } from '../app/polled-bot.ts';
import { type CardContent, elementsOf, executesOf } from '../fakes/card-actions.ts';
import type { SentActivity } from '../fakes/connector.ts';
import { headlines } from '../fakes/headlines.ts';

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
  pollSeconds = 5,
  ...options
}: NonNullable<Parameters<typeof polledBot>[0]>) => {
  const bot = await polledBot({ ...options, pollSeconds });
  const { clock } = bot;
  const poll = async (times = 1): Promise<void> => {
    await bot.untilPolled(times);
    // What was read is stored, and what follows is sent.
    await bot.pass(2000);
  };
  let rooms = 0;
  return {
    ...bot,
    poll,
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
          await pass(clock, 1000);
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
