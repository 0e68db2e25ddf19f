import { describe, expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;
const group = { id: '19:chat@thread.v2', conversationType: 'groupChat' } as const;

describe('G14: private answers', () => {
  it.each([
    ['audit', 'Audit'],
    ['roles', 'BOT_ADMINS'],
    ['health', 'PingPlotter'],
    ['whoami', 'Admin'],
    ['help', 'What you can ask'],
    ['agent 1', 'Which agent do you mean'],
    ['pause lax-12 for 5x', 'I cannot read'],
    ['agents is:nonsense', 'nonsense'],
    ['no such thing at all', 'I did not understand'],
  ])('“%s” goes to the asker alone', async (text, words) => {
    const bot = await startBot();
    for (const conversation of [channel, group]) {
      const there = bot.user({ conversation });
      const { card } = await there.say(text);
      expect(wordsOf(card)).toContain(words);
      const sent = bot.connector.activities.at(-1);
      expect(sent).toMatchObject({ only: '29:alex', conversationId: conversation.id });
      expect(sent?.activity).toMatchObject({ recipient: { id: '29:alex', name: 'Alex Wilber' } });
      expect(bot.connector.messages(conversation.id)).toEqual([]);
    }
  });

  it.each(['agents', 'agent lax-12', 'watches', 'reconnect lax-12'])(
    '“%s” goes to all',
    async (text) => {
      const bot = await startBot();
      await bot.user({ conversation: channel }).say(text);
      expect(bot.connector.activities.map(({ only }) => only)).toEqual([undefined]);
    },
  );

  it('answers a message that came to the bot alone in the same way, whatever it asks', async () => {
    const bot = await startBot();
    const there = bot.user({ conversation: channel });
    await there.say('agents', { recipient: { ...there.bot, isTargeted: true } });
    expect(bot.connector.activities.map(({ only }) => only)).toEqual(['29:alex']);
  });

  it.each([400, 403, 404, 405])('posts as before after a %s, for a day', async (status) => {
    const clock = fakeClock();
    const bot = await startBot({ clock });
    const there = bot.user({ conversation: channel });
    const targeted = { when: ({ path }: { path: string }) => path.includes('isTargetedActivity') };
    bot.connector.fault({ status, code: 'ConversationNotFound', ...targeted });
    const calls = () =>
      bot.connector.calls.filter(({ path }) => path.includes('isTargeted')).length;
    await there.say('whoami');
    expect(bot.connector.activities.map(({ only }) => only)).toEqual([undefined]);
    await there.say('whoami');
    expect(calls()).toBe(1);
    await clock.advance(24 * 3_600_000 + 1);
    await there.say('whoami');
    expect(calls()).toBe(2);
    expect(bot.connector.activities.at(-1)?.only).toBe('29:alex');
    expect(wordsOf((await bot.alex.say('health')).card)).not.toContain('not reachable');
  });

  it('are not used in a 1:1 chat, and nowhere where they are switched off', async () => {
    const bot = await startBot();
    await bot.alex.say('whoami');
    const off = await startBot({ environment: { PRIVATE_ANSWERS: 'off' } });
    await off.user({ conversation: channel }).say('whoami');
    for (const { connector } of [bot, off])
      expect(connector.activities.map(({ only }) => only)).toEqual([undefined]);
  });
});
