import { describe, expect, it } from 'vitest';
import { calmBot } from '../app/polled-bot.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { cardOf, mentionedIn } from './watched-bot.ts';

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;
const megan = { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' };
const mentions = {
  entities: [{ type: 'mention', text: '<at>Megan Bowen</at>', mentioned: megan }],
};

const start = async () => {
  const bot = await calmBot({ pollSeconds: 10 });
  bot.connector.member('megan-object-id', { name: 'Megan Bowen' });
  bot.connector.member(megan.id, { aadObjectId: megan.aadObjectId, name: megan.name });
  bot.connector.member('megan@contoso.com', {
    aadObjectId: 'megan-object-id',
    name: 'Megan Bowen',
  });
  const posted = (text: RegExp) =>
    bot.connector.activities.filter(({ activity }) => text.test(activity.summary ?? ''));
  return {
    ...bot,
    posted,
    ill: async (): Promise<void> => {
      await bot.untilPolled(2);
      bot.edit.setQuality('lax-12', 'voice-1', { score: 5 });
      await bot.until(() => posted(/^Poor/u).length > 0);
    },
  };
};

const reminder = /^Reminder/u;

describe('a watch that reminds', () => {
  it('mentions who made it three times in the alert’s thread, and no more', async () => {
    const bot = await start();
    const there = bot.user({ conversation: channel });
    await there.say('watch lax remind 15s');
    await bot.ill();
    await bot.pass(10_000);
    expect(bot.posted(reminder)).toHaveLength(0);
    await bot.pass(100_000);
    const sent = bot.posted(reminder);
    expect(sent.map(({ activity }) => activity.summary?.slice(0, 13))).toEqual([
      'Reminder 1 of',
      'Reminder 2 of',
      'Reminder 3 of',
    ]);
    const [head] = bot.posted(/^Poor/u);
    for (const { activity, conversationId } of sent) {
      expect(conversationId).toBe(`19:general@thread.tacv2;messageid=${head?.id}`);
      expect(mentionedIn(activity)).toEqual([
        '<at>Alex Wilber</at> {"id":"alex-object-id","name":"Alex Wilber"}',
      ]);
      expect(wordsOf(cardOf(activity))).toContain('#1');
    }
  });

  it('is a message of its own with the alert’s number where there are no threads', async () => {
    const bot = await start();
    await bot.alex.say('watch lax remind 15s');
    await bot.ill();
    await bot.pass(20_000);
    const [first, ...more] = bot.posted(reminder);
    expect(more).toEqual([]);
    expect(first?.conversationId).toBe(bot.alex.conversation.id);
    expect(first?.activity.summary).toMatch(/^Reminder 1 of 3: #1 · /u);
    expect(mentionedIn(first?.activity)).toHaveLength(1);
  });

  it.each(['watch lax remind 9s', 'watch lax escalate to field.Manager after 9s', 'ack 1 for 9s'])(
    'takes 10 seconds at the least: “%s” is refused',
    async (text) => {
      const bot = await startBot();
      const { card } = await bot.alex.say(text);
      expect(wordsOf(card)).toMatch(/10 s/u);
      expect(wordsOf((await bot.alex.say('watches')).card)).toContain(
        'Nothing is watched here yet',
      );
    },
  );

  it('says nothing in the quiet hours of its watch', async () => {
    const bot = await start();
    const { card } = await bot.alex.say('watch lax remind 40s');
    await bot.ill();
    const form = await bot.alex.press(card, 'watch.edit');
    const terms = { filter: 'lax', bound: 'poor', offline: 'true', remind: '40s' };
    const quiet = { ...terms, quietFrom: '00:00', quietTo: '23:59' };
    const shown = await bot.alex.press(form.card, 'watch.edit', quiet);
    await bot.alex.press(shown.card, 'watch.edit', quiet);
    await bot.pass(100_000);
    expect(bot.posted(reminder)).toEqual([]);
  });

  it.each([
    ['an acknowledgement', 'ack 1'],
    ['a mute', 'mute lax-12 for 1h'],
    ['maintenance', 'maintenance lax from now to 23:59'],
    ['the end of the watch', 'unwatch 1'],
  ])('says nothing after %s', async (_, text) => {
    const bot = await start();
    await bot.alex.say('watch lax remind 20s escalate to megan@contoso.com after 25s');
    await bot.ill();
    await bot.alex.say(text);
    await bot.pass(60_000);
    expect(bot.posted(/^(?:Reminder|Escalated)/u)).toEqual([]);
  });

  it('says nothing once it is over', async () => {
    const bot = await start();
    await bot.alex.say('watch lax remind 40s');
    await bot.ill();
    bot.edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await bot.pass(80_000);
    expect(bot.posted(/^Fine/u)).toHaveLength(1);
    expect(bot.posted(reminder)).toEqual([]);
  });

  it('starts over when the alert is given back', async () => {
    const bot = await start();
    await bot.alex.say('watch lax remind 20s');
    await bot.ill();
    await bot.pass(30_000);
    expect(bot.posted(reminder)).toHaveLength(1);
    await bot.alex.say('ack 1');
    await bot.pass(50_000);
    expect(bot.posted(reminder)).toHaveLength(1);
    await bot.alex.say('unack 1');
    await bot.pass(100_000);
    expect(bot.posted(reminder).map(({ activity }) => activity.summary?.slice(0, 15))).toEqual([
      'Reminder 1 of 3',
      'Reminder 1 of 3',
      'Reminder 2 of 3',
      'Reminder 3 of 3',
    ]);
  });
});

describe('a watch that escalates', () => {
  it('mentions the person once, also where the roster answers to the ids of Teams alone', async () => {
    const bot = await start();
    bot.connector.member('megan-object-id', undefined);
    const there = bot.user({ conversation: channel });
    const made = await there.say('watch lax escalate to <at>Megan Bowen</at> after 15s', mentions);
    expect(wordsOf(made.card)).toContain('escalate to Megan Bowen after 15s');
    await bot.ill();
    await bot.pass(60_000);
    const [only, ...more] = bot.posted(/^Escalated/u);
    expect(more).toEqual([]);
    expect(mentionedIn(only?.activity)).toEqual([
      '<at>Megan Bowen</at> {"id":"megan-object-id","name":"Megan Bowen"}',
    ]);
  });

  it('mentions whom a field of the agent names', async () => {
    const bot = await start();
    bot.edit.change('lax-12', { customFields: [{ name: 'Manager', value: 'megan@contoso.com' }] });
    await bot.alex.say('watch lax escalate to field.Manager after 10s');
    await bot.ill();
    await bot.pass(30_000);
    const [only, ...more] = bot.posted(/^Escalated/u);
    expect(more).toEqual([]);
    expect(mentionedIn(only?.activity)).toEqual([
      '<at>Megan Bowen</at> {"id":"megan-object-id","name":"Megan Bowen"}',
    ]);
  });

  it('says where the agent has no such field', async () => {
    const bot = await start();
    await bot.alex.say('watch lax escalate to field.Manager after 10s');
    await bot.ill();
    await bot.pass(30_000);
    const [only] = bot.posted(/^Escalated/u);
    expect(mentionedIn(only?.activity)).toEqual([]);
    expect(wordsOf(cardOf(only?.activity))).toContain('The agent has no field Manager');
  });

  it.each([
    [
      'nobody who is here',
      'watch escalate to gone@contoso.com after 30m',
      /is not in this conversation/u,
    ],
    ['a guest', 'watch escalate to guest@contoso.com after 30m', /guest of the tenant/u],
    ['a name alone', 'watch escalate to Megan after 30m', /not clear who “Megan” is/u],
    ['this bot', 'watch escalate to <at>PingPlotter</at> after 30m', /cannot read “escalate to/u],
  ])('does not take %s', async (_, text, sentence) => {
    const bot = await startBot();
    bot.connector.member('gone@contoso.com', undefined);
    bot.connector.member('guest@contoso.com', { userRole: 'guest' });
    const { card } = await bot.alex.say(text, {
      entities: [
        {
          type: 'mention',
          text: '<at>PingPlotter</at>',
          mentioned: { id: '28:bot', name: 'PingPlotter' },
        },
      ],
    });
    expect(wordsOf(card)).toMatch(sentence);
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('Nothing is watched here yet');
  });
});

describe('an acknowledgement for a time', () => {
  it('ends by itself with a mention of who had it, and the card is free again', async () => {
    const bot = await start();
    await bot.alex.say('watch lax remind 60s');
    await bot.ill();
    expect((await bot.alex.say('ack 1 for 20s: on it')).summary).toContain('until');
    await bot.pass(30_000);
    const [ended, ...more] = bot.posted(/^Acknowledgement ended/u);
    expect(more).toEqual([]);
    expect(mentionedIn(ended?.activity)).toEqual([
      '<at>Alex Wilber</at> {"id":"alex-object-id","name":"Alex Wilber"}',
    ]);
    const listed = wordsOf((await bot.alex.say('alerts')).card);
    expect(listed).toContain('nobody has it');
    expect(bot.posted(reminder)).toEqual([]);
    await bot.pass(70_000);
    expect(bot.posted(reminder)).toHaveLength(1);
  });
});
