import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { polledBot } from './polled-bot.ts';

const ann = { id: '29:ann', name: 'Ann', aadObjectId: 'ann-oid' };
const channel = { id: '19:general@thread.tacv2;messageid=1', conversationType: 'channel' } as const;

const start = async () => {
  const owned = (id: string, owner: string) =>
    simulatedAgent({
      id,
      name: id.toUpperCase(),
      customFields: [{ name: 'Owner', value: owner }],
      sessions: [
        simulatedSession({ id: `${id}-crm`, readings: [simulatedReading({ score: 95 })] }),
      ],
    });
  const bot = await polledBot({
    agents: [owned('pc-1', 'ann@example.com'), owned('pc-2', 'alex-object-id')],
    environment: {
      AGENT_OWNER_FIELD: 'Owner',
      DEFAULT_ROLE: 'none',
    },
  });
  bot.connector.member(ann.id, {
    aadObjectId: ann.aadObjectId,
    userPrincipalName: 'Ann@example.com',
  });
  bot.connector.member('29:alex', { aadObjectId: 'alex-object-id' });
  const posted = (text: RegExp) =>
    bot.connector.activities.filter(({ activity }) => text.test(activity.summary ?? ''));
  const after = async (count: number): Promise<void> => {
    await bot.untilPolled(count);
    // The job looks every 5 s.
    await bot.pass(6000);
  };
  await after(2);
  return {
    ...bot,
    user: bot.user({ person: ann, conversation: { id: 'a:ann', conversationType: 'personal' } }),
    there: bot.user({ person: ann, conversation: channel }),
    posted,
    after,
    score: (agent: string, score: number) => bot.edit.setQuality(agent, `${agent}-crm`, { score }),
  };
};

describe('notify me', () => {
  it('says in 1:1 that it is not fit for calls, and that it is fine again, by two readings each', async () => {
    const bot = await start();
    const { card } = await bot.user.say('notify me');
    expect(wordsOf(card)).toContain('I will tell you');
    await bot.after(2);
    bot.score('pc-1', 10);
    bot.score('pc-2', 10);
    await bot.after(4);
    const [unfit, ...more] = bot.posted(/not fit for calls/u);
    expect(more).toEqual([]);
    expect(unfit?.conversationId).toBe('a:ann');
    expect(wordsOf(unfit?.activity.attachments?.[0]?.content ?? {})).toContain('PC-1');
    bot.score('pc-1', 95);
    await bot.after(4);
    expect(bot.posted(/fine again/u)).toHaveLength(1);
    await bot.user.say('notify me off');
    bot.score('pc-1', 10);
    await bot.after(4);
    expect(bot.posted(/not fit for calls/u)).toHaveLength(1);
  });

  it('is held back by a mute of that chat, and said after it if it still holds', async () => {
    const bot = await start();
    await bot.alex.say('notify me');
    await bot.after(2);
    await bot.alex.say('mute all for 1h');
    bot.score('pc-2', 10);
    await bot.after(4);
    expect(bot.posted(/not fit for calls/u)).toEqual([]);
    await bot.alex.say('unmute all');
    await bot.after(2);
    expect(bot.posted(/not fit for calls/u)).toHaveLength(1);
  });

  it('says nothing of an agent that the roster’s person does not own by then', async () => {
    const bot = await start();
    await bot.user.say('notify me');
    await bot.after(2);
    bot.score('pc-1', 10);
    bot.connector.member(ann.id, { aadObjectId: ann.aadObjectId, userPrincipalName: 'left@x.com' });
    await bot.after(4);
    expect(bot.posted(/not fit for calls/u)).toEqual([]);
  });

  it('from a channel needs the 1:1 chat, and says so to the asker alone', async () => {
    const bot = await start();
    await bot.there.sayAll('notify me');
    const alone = () => bot.connector.activities.filter(({ only }) => only === ann.id);
    expect(alone().map(({ activity }) => activity.summary)).toEqual(['We have no 1:1 chat yet']);
    await bot.user.say('whoami');
    await bot.there.sayAll('notify me');
    expect(alone().at(-1)?.activity.summary).toBe('You are notified of your connection');
  });

  it('is for who has an agent', async () => {
    const bot = await start();
    bot.connector.member(ann.id, { aadObjectId: 'other', userPrincipalName: 'other@example.com' });
    const { card } = await bot.user.say('notify me');
    expect(wordsOf(card)).toContain('no computer of yours');
    expect(wordsOf((await bot.user.say('notify me off')).card)).toContain('You were not notified');
  });
});
