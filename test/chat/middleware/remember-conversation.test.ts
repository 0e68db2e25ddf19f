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

describe('C6: a time zone that was not sent', () => {
  it('is the last one that is known of the person, wherever it was notified', async () => {
    const talk = await startTalk();
    await talk.speaker({ timeZone: 'Asia/Tokyo' }).say('hi');
    await talk.speaker({ timeZone: '' }).say('digest daily at 08:00');
    expect(await talk.store.digests.find(here)).toMatchObject({
      schedule: { time: '08:00', timeZone: 'Asia/Tokyo' },
    });
    expect(await talk.store.installations.find(here)).toMatchObject({ timeZone: 'Asia/Tokyo' });
    const muted = await talk.speaker({ ...channel, timeZone: '' }).say('mute all for 1h');
    expect(muted?.summary).toContain('22:00 GMT+9');
  });

  it('comes from the store after a restart', async () => {
    const talk = await startTalk();
    await talk.store.installations.refresh({
      ...here,
      tenantId: 'tenant-1',
      serviceUrl: 'https://smba.example/',
      kind: 'personal',
      botId: '28:bot',
      channelId: 'msteams',
      timeZone: 'Asia/Tokyo',
    });
    const muted = await talk.speaker({ timeZone: '' }).say('mute all for 1h');
    expect(muted?.summary).toContain('until 22:00 ');
  });

  it('is UTC, and said, where none was ever told', async () => {
    const talk = await startTalk();
    const muted = await talk.speaker({ timeZone: '' }).say('mute all for 1h');
    expect(muted?.summary).toContain('muted here until 13:00 UTC');
    await talk.speaker({ timeZone: '' }).say('maintenance all from 14:00 to 15:00');
    expect(await talk.store.maintenance.list('default', talk.clock.now())).toMatchObject([
      { from: Date.parse('2026-11-23T14:00:00Z') },
    ]);
    expect((await talk.store.installations.find(here))?.timeZone).toBeUndefined();
  });
});

describe('G7: the time zone of a channel', () => {
  const zone = async ({ store }: Awaited<ReturnType<typeof startTalk>>) =>
    (await store.installations.find({ account: 'default', conversationKey: channel.key }))
      ?.timeZone;
  const tokyo = { ...channel, name: 'Megan', timeZone: 'Asia/Tokyo' };

  it.each(['watch', 'digest daily at 08:00'])(
    'is that of who typed “%s”, not of who typed last',
    async (text) => {
      const talk = await startTalk();
      await talk.speaker(tokyo).say('help');
      expect(await zone(talk)).toBeUndefined();
      await talk.speaker(channel).say(text);
      expect(await zone(talk)).toBe('Europe/Berlin');
      await talk.speaker(tokyo).say('help');
      await talk.speaker(tokyo).say('digest now');
      await talk.speaker(tokyo).execute('agents.page', { filter: '', page: 1 });
      expect(await zone(talk)).toBe('Europe/Berlin');
      await talk.speaker(tokyo).say('watch is:vpn offline');
      expect(await zone(talk)).toBe('Asia/Tokyo');
    },
  );

  it('is not moved by what was refused', async () => {
    const talk = await startTalk({ role: 'viewer' });
    await talk.speaker(tokyo).say('watch');
    await talk.speaker(tokyo).say('digest daily at 08:00');
    expect(await zone(talk)).toBeUndefined();
  });
});
