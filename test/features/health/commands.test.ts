import { describe, expect, it } from 'vitest';
import { channel, here, startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

describe('health', () => {
  it('shows PingPlotter, polls, store, queue and this conversation', async () => {
    const talk = await startTalk();
    talk.polls = { lastAt: talk.clock.now() - 20_000, lastGoodAt: talk.clock.now() - 20_000 };
    const told = await talk.speaker().say('health');
    expect(told?.summary).toBe('All works');
    expect(words(told)).toContain('0 sent · 0 failed');
  });

  it('names what does not work, and why', async () => {
    const talk = await startTalk();
    const now = talk.clock.now();
    talk.polls = { lastAt: now - 300_000, lastGoodAt: now - 600_000, blindSince: now - 500_000 };
    talk.simulator.fault({ match: {}, effect: { kind: 'status', status: 401 } });
    await talk.store.outbox.enqueue([
      { ...here, card: 'c', kind: 'post', payload: {}, dueAt: now - 600_000 },
    ]);
    const told = words(await talk.speaker().say('health'));
    expect(told).toContain('Trouble: PingPlotter, Monitor, Queue');
    expect(told).toContain('the API key is refused');
    expect(told).toContain('blind since 12:51');
    expect(told).toContain('1 waiting');
  });

  it('answers without the store', async () => {
    const talk = await startTalk({
      broken: (store) => ({ ...store, check: () => Promise.reject(new Error('gone')) }),
    });
    expect(words(await talk.speaker().say('health'))).toContain('The database cannot be reached');
  });

  it('shows all conversations to admins, and this one to everybody else', async () => {
    const talk = await startTalk({ admins: ['megan'] });
    await talk.speaker(channel).say('whoami');
    const megan = talk.speaker({ name: 'Megan', key: 'chat-megan' });
    expect(words(await megan.say('health'))).toContain(channel.key);
    expect(words(await talk.speaker().say('health'))).not.toContain(channel.key);
  });
});

describe('health says which outage it is', () => {
  it.each([
    [{ by: 'sign-in', code: 'AADSTS7000215' }, 'gives the bot no token (AADSTS7000215)'],
    [{ by: 'connector' }, "Teams does not take the bot's token"],
  ] as const)('A4: credentials refused by %o', async (refused, sentence) => {
    const talk = await startTalk();
    talk.polls = { lastAt: talk.clock.now() };
    talk.credentials = refused;
    const told = await talk.speaker().say('health');
    expect(told?.summary).toBe('Trouble: Queue');
    expect(words(told)).toContain(sentence);
  });

  it.each([
    [{ blindWhy: 'unreadable', failedWith: 'timeout' }, 'PingPlotter cannot be read (timeout)'],
    [{ blindWhy: 'vanished' }, 'nearly all agents vanished at once'],
    [{ blindWhy: 'unreadable', keyWrongSince: 1 }, 'PingPlotter refuses the API key'],
  ] as const)('of monitoring: %o', async (why, sentence) => {
    const talk = await startTalk();
    const now = talk.clock.now();
    talk.polls = { lastAt: now, blindSince: now - 60_000, ...why };
    expect(words(await talk.speaker().say('health'))).toContain(sentence);
  });

  it.each([
    ['no-fresh', 'no agent has a reading that can be used'],
    ['statuses', 'their scores cannot be read (permission-missing)'],
  ] as const)('of readings: %s', async (why, sentence) => {
    const talk = await startTalk();
    const now = talk.clock.now();
    const unmeasured = { since: now - 60_000, why, code: 'permission-missing' };
    talk.polls = { lastAt: now, unmeasured };
    const told = await talk.speaker().say('health');
    expect(told?.summary).toBe('Trouble: Monitor');
    expect(words(told)).toContain(sentence);
  });
});
