import { describe, expect, it } from 'vitest';
import type { BotStore } from '../../../src/store/open.ts';
import { wordsOf } from '../../fakes/card-actions.ts';
import { channel, here, startTalk } from '../talk.ts';

describe('keeping in touch', () => {
  it('knows the address of every conversation that it hears from', async () => {
    const talk = await startTalk();
    await talk.speaker().say('hi');
    await talk.speaker(channel).comesOrGoes('installed');
    expect(await talk.store.installations.find(here)).toMatchObject({
      tenantId: 'tenant-1',
      serviceUrl: 'https://smba.example/',
      kind: 'personal',
      botId: '28:bot',
      label: 'Alex',
      personId: 'alex',
      locale: 'en-GB',
      timeZone: 'Europe/Berlin',
      state: 'alive',
    });
    const there = { account: 'default', conversationKey: channel.key };
    expect(await talk.store.installations.find(there)).toMatchObject({ kind: 'channel' });
  });

  it('gives a conversation up when it is removed, and takes it up again when somebody writes', async () => {
    const talk = await startTalk();
    await talk.speaker().say('hi');
    await talk.speaker().comesOrGoes('removed');
    expect(await talk.store.installations.find(here)).toMatchObject({
      state: 'dead',
      deadReason: 'the bot was removed',
    });
    await talk.speaker().say('hi');
    expect((await talk.store.installations.find(here))?.state).toBe('alive');
  });

  it('A7: takes the other channels of a team up again when the bot is added through one', async () => {
    const talk = await startTalk();
    const { installations } = talk.store;
    const keyed = (conversationKey: string) => ({ account: 'default', conversationKey });
    const general = { kind: 'channel', key: '19:general@thread.tacv2' } as const;
    for (const place of [general, channel, { kind: 'channel', key: '19:left' } as const])
      await talk.speaker(place).say('hi');
    await talk.speaker().say('hi');
    await talk.speaker(general).comesOrGoes('removed');
    await talk.speaker({ kind: 'channel', key: '19:left' }).comesOrGoes('removed');
    await installations.markDead(keyed(channel.key), 'BotNotInConversationRoster');
    await installations.markDead(here, 'ConversationBlockedByUser');
    await talk.speaker(general).comesOrGoes('installed');
    const state = async (key: string) => (await installations.find(keyed(key)))?.state;
    expect(await state(general.key)).toBe('alive');
    expect(await state(channel.key)).toBe('alive');
    expect(await state('19:left')).toBe('dead');
    expect(await state(here.conversationKey)).toBe('dead');
  });

  it('A7: has what could not arrive sent when somebody writes again', async () => {
    const talk = await startTalk();
    const { installations, outbox } = talk.store;
    await talk.speaker().say('hi');
    const payload = { kind: 'alert', alertId: 'a' };
    await outbox.enqueue([{ ...here, card: 'a', kind: 'post', payload, dueAt: 0 }]);
    await installations.markDead(here, 'ConversationBlockedByUser');
    await outbox.abandon(here, 'ConversationBlockedByUser', 1);
    expect(await outbox.backlog()).toMatchObject({ waiting: 0 });
    await talk.speaker().say('hi');
    expect(await outbox.backlog()).toMatchObject({ waiting: 1 });
  });

  it('does not act again on an activity that came before a restart', async () => {
    const talk = await startTalk();
    await talk.store.seenActivities.note(here.conversationKey, 'activity-1', 1);
    await talk.store.seenActivities.note(here.conversationKey, 'activity-2', 1);
    expect(await talk.speaker().say('reconnect lax')).toBeUndefined();
    const pressed = await talk.speaker().execute('agent.reconnect', { agent: 'lax-12' });
    expect(wordsOf(pressed?.card ?? {})).toContain('done already');
    expect(talk.changes()).toEqual([]);
  });

  it.each(['help', 'Agents is:poor', 'whoami'])(
    'does not wait for the disk before “%s”, which changes nothing',
    async (text) => {
      const noted: string[] = [];
      const watched = (store: BotStore): BotStore => ({
        ...store,
        seenActivities: {
          note: (key, activityId, at) => {
            noted.push(activityId);
            return store.seenActivities.note(key, activityId, at);
          },
        },
      });
      const talk = await startTalk({ broken: watched });
      expect(await talk.speaker().say(text)).toBeDefined();
      expect(noted).toEqual([]);
      await talk.speaker().say('reconnect lax-12');
      expect(noted).toHaveLength(1);
    },
  );

  it('refreshes a card as often as a client asks', async () => {
    const talk = await startTalk();
    await talk.store.seenActivities.note(here.conversationKey, 'activity-1', 1);
    const shown = await talk.speaker().execute('agent.show', { agent: 'lax-12' }, 'automatic');
    expect(wordsOf(shown?.card ?? {})).toContain('voice');
  });

  it('goes on without the store, and logs it once until it is back', async () => {
    let down = true;
    const fragile = (store: BotStore): BotStore => ({
      ...store,
      installations: {
        ...store.installations,
        find: (place) =>
          down ? Promise.reject(new Error('gone')) : store.installations.find(place),
      },
      seenActivities: {
        note: (...noted) =>
          down ? Promise.reject(new Error('gone')) : store.seenActivities.note(...noted),
      },
    });
    const talk = await startTalk({ broken: fragile });
    const lines = () => talk.logged.filter((line) => line === 'error store.unreachable').length;
    expect(wordsOf((await talk.speaker().say('agent lax'))?.card ?? {})).toContain('voice');
    await talk.speaker().say('whoami');
    expect(lines()).toBe(1);
    down = false;
    await talk.speaker().say('whoami');
    down = true;
    await talk.speaker().say('whoami');
    expect(lines()).toBe(2);
  });
});
