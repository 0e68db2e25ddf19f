import { describe, expect, it } from 'vitest';
import { calmBot } from '../app/polled-bot.ts';
import { headlines } from '../fakes/headlines.ts';

const general = { id: '19:general@thread.tacv2', conversationType: 'channel' } as const;
const other = { id: '19:other@thread.tacv2', conversationType: 'channel' } as const;
const isRemoved = { type: 'conversationUpdate' };

const start = async () => {
  const bot = await calmBot();
  const poll = async (times = 4): Promise<void> => {
    await bot.untilPolled(times);
    await bot.pass(3000);
  };
  let isBlocked = false;
  let isRefused = false;
  bot.connector.fault({
    status: 403,
    code: 'ConversationBlockedByUser',
    times: Number.POSITIVE_INFINITY,
    when: ({ method }) => isBlocked && method !== 'GET',
  });
  bot.connector.fault({
    status: 401,
    times: Number.POSITIVE_INFINITY,
    when: () => isRefused,
  });
  return {
    ...bot,
    poll,
    block: (blocked: boolean) => {
      isBlocked = blocked;
    },
    refuse: (refused: boolean) => {
      isRefused = refused;
    },
    told: (conversation = bot.alex.conversation) =>
      headlines(bot.connector, conversation.id).filter((words) =>
        /^(?:Poor|Fine|Offline|Back)/u.test(words),
      ),
  };
};

describe('a problem that could not be told', () => {
  it('is notified when its person writes again, and its end after that', async () => {
    const { alex, edit, poll, block, told } = await start();
    await alex.say('watch');
    await poll(2);
    block(true);
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    await poll();
    expect(told()).toEqual([]);
    block(false);
    await alex.say('whoami');
    await poll(1);
    expect(told()).toEqual([expect.stringContaining('Poor')]);
    edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await poll();
    expect(told()).toEqual([expect.stringContaining('Poor'), expect.stringContaining('Fine')]);
  });

  it('is not notified when it is over by then, nor that it is over', async () => {
    const { alex, edit, poll, block, told } = await start();
    await alex.say('watch');
    await poll(2);
    block(true);
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    await poll();
    block(false);
    edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await poll();
    await alex.say('whoami');
    await poll(2);
    expect(told()).toEqual([]);
  });

  it('because credentials were refused is told when they are accepted again, if it still holds', async () => {
    const { alex, edit, poll, refuse, told } = await start();
    await alex.say('watch');
    await poll(2);
    refuse(true);
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    edit.setOnline('den-1', false);
    await poll();
    edit.setOnline('den-1', true);
    await poll();
    expect(told()).toEqual([]);
    refuse(false);
    await poll(20);
    expect(told()).toEqual([expect.stringContaining('Poor')]);
  });

  it('is notified when the bot is added again', async () => {
    const { alex, edit, poll, told } = await start();
    await alex.say('watch');
    await poll(2);
    await alex.post(alex.activity({ ...isRemoved, membersRemoved: [alex.bot] }));
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    await poll();
    expect(told()).toEqual([]);
    await alex.post(alex.activity({ type: 'installationUpdate', action: 'add' }));
    await poll(1);
    expect(told()).toEqual([expect.stringContaining('Poor')]);
  });

  it('is notified in all channels of a team when the bot is added again through one', async () => {
    const { user, edit, poll, block, told } = await start();
    const [first, second] = [user({ conversation: general }), user({ conversation: other })];
    await first.say('whoami');
    await second.say('watch');
    await poll(2);
    await first.post(first.activity({ ...isRemoved, membersRemoved: [first.bot] }));
    block(true);
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    await poll();
    expect(told(other)).toEqual([]);
    block(false);
    await first.post(first.activity({ type: 'installationUpdate', action: 'add' }));
    await poll(1);
    expect(told(other)).toEqual([expect.stringContaining('Poor')]);
  });
});
