import { describe, expect, it } from 'vitest';
import type { BotStore } from '../../../src/store/open.ts';
import { here, startTalk, type Talk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

const timers = async ({ store }: Talk) =>
  (await store.timedResumes.forAgent('default', 'lax-12')).map(({ sessions, dueAt }) => ({
    sessions,
    dueAt: new Date(dueAt).toISOString(),
  }));

describe('a timed pause', () => {
  it.each([
    // 12:00 in UTC is 13:00 in Berlin and 07:00 in New York.
    ['pause lax for 2h', 'Europe/Berlin', [], '2026-11-23T14:00:00.000Z'],
    ['pause lax / crm for 90m', 'Europe/Berlin', ['crm-1'], '2026-11-23T13:30:00.000Z'],
    ['pause lax / crm until 14:00', 'Europe/Berlin', ['crm-1'], '2026-11-23T13:00:00.000Z'],
    ['pause lax until mon 08:00', 'Europe/Berlin', [], '2026-11-30T07:00:00.000Z'],
    ['pause lax until 08:00', 'America/New_York', [], '2026-11-23T13:00:00.000Z'],
  ])('“%s” in %s pauses now and resumes then', async (text, timeZone, sessions, dueAt) => {
    const talk = await startTalk();
    await talk.speaker({ timeZone }).say(text);
    expect(await timers(talk)).toEqual([{ sessions, dueAt }]);
    expect(talk.changes()).toHaveLength(1);
    expect(await talk.store.timedResumes.forAgent('default', 'lax-12')).toMatchObject([
      { ...here, by: { id: 'alex', name: 'Alex' } },
    ]);
  });

  it('shows on the agent’s card when it ends', async () => {
    const talk = await startTalk();
    await talk.speaker().say('pause lax / crm until 14:30');
    expect(words(await talk.speaker().say('agent lax'))).toContain('14:30');
  });

  it('gives way to a longer one', async () => {
    const talk = await startTalk();
    await talk.speaker().say('pause lax for 1h');
    await talk.speaker().say('pause lax for 3h');
    expect(await timers(talk)).toEqual([{ sessions: [], dueAt: '2026-11-23T15:00:00.000Z' }]);
  });

  it('leaves alone what was paused for good before', async () => {
    const talk = await startTalk();
    await talk.speaker().say('pause lax / crm');
    const again = await talk.speaker().say('pause lax / crm for 2h');
    expect(words(again)).toContain('paused already, for good');
    expect(await timers(talk)).toEqual([]);
    await talk.speaker().say('pause lax for 2h');
    expect(await timers(talk)).toEqual([
      { sessions: ['voice-1'], dueAt: '2026-11-23T14:00:00.000Z' },
    ]);
  });

  it.each([
    ['resume lax', []],
    ['pause lax', []],
    ['undo', []],
    ['resume lax / crm', ['voice-1']],
    ['pause lax / crm', ['voice-1']],
  ])('“%s” before then wins', async (text, left) => {
    const talk = await startTalk();
    await talk.speaker().say('pause lax for 2h');
    await talk.speaker().say(text);
    const kept = (await timers(talk)).map(({ sessions }) => sessions);
    expect(kept).toEqual(left.length === 0 ? [] : [left]);
  });

  it('ends by the button Resume, too', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const paused = await alex.say('pause lax for 2h');
    await alex.press(paused?.card ?? {}, 'agent.resume');
    expect(await timers(talk)).toEqual([]);
  });

  it('leaves nothing behind for an agent that is deleted', async () => {
    const talk = await startTalk({ admins: ['alex'] });
    const alex = talk.speaker();
    await alex.say('pause lax for 2h');
    const asked = await alex.say('delete lax');
    await alex.press(asked?.card ?? {}, 'agent.delete', { uninstall: 'false' });
    expect(await timers(talk)).toEqual([]);
  });

  it('keeps its end when it has to ask which agent is meant', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const asked = await alex.say('pause 1 for 2h');
    const meant = executesOf(asked?.card ?? {}).find(({ data }) => data['agent'] === 'lax-12');
    expect(meant?.data).toEqual({ agent: 'lax-12', for: '2h' });
    await alex.execute('agent.pause', meant?.data);
    expect(await timers(talk)).toEqual([{ sessions: [], dueAt: '2026-11-23T14:00:00.000Z' }]);
  });

  it('is not begun from a card when it would have ended', async () => {
    const talk = await startTalk();
    const late = { agent: 'lax-12', until: talk.clock.now() };
    expect(words(await talk.speaker().execute('agent.pause', late))).toContain('ended already');
    expect(talk.changes()).toEqual([]);
  });

  it.each([
    ['pause lax until 2020-01-01 08:00', 'is past'],
    ['pause lax for 9999d', 'At most a year'],
    ['resume lax for 2h', 'Only a pause ends by itself'],
    ['pause for 2h', 'Type it like this'],
  ])('“%s” changes nothing and says why', async (text, sentence) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain(sentence);
    expect(talk.changes()).toEqual([]);
  });

  it('leaves no resume behind when PingPlotter refuses the pause', async () => {
    const talk = await startTalk();
    talk.simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'status', status: 403 } });
    await talk.speaker().say('pause lax for 2h');
    expect(await timers(talk)).toEqual([]);
  });

  it('is not begun when its end cannot be kept', async () => {
    const talk = await startTalk({ broken: withoutTimers });
    await talk.speaker().say('pause lax for 2h');
    expect(talk.changes()).toEqual([]);
    const resumed = await talk.speaker().say('resume lax');
    expect(words(resumed)).toContain('could not be cancelled');
    expect(talk.changes()).toEqual(['PUT /agents/lax-12/sessions?action=1']);
  });
});

const withoutTimers = (store: BotStore): BotStore => ({
  ...store,
  timedResumes: {
    ...store.timedResumes,
    add: () => Promise.reject(new Error('locked')),
    forAgent: () => Promise.reject(new Error('locked')),
  },
});

describe('what the bot itself does', () => {
  it.each([
    ['pause lax', [{ kind: 'pause' }]],
    ['pause lax / crm', [{ kind: 'pause', session: 'crm-1' }]],
    ['resume lax', [{ kind: 'resume' }]],
    ['reconnect lax', [{ kind: 'reconnect' }]],
  ])('“%s” is expected for two minutes', async (text, expected) => {
    const talk = await startTalk();
    await talk.speaker().say(text);
    const now = talk.clock.now();
    const whose = { agent: 'lax-12', until: now + 120_000, at: now, by: 'Alex' };
    expect(await talk.ownChanges.current('default', now)).toEqual(
      expected.map((one) => ({ ...whose, ...one })),
    );
    expect(await talk.ownChanges.current('default', now + 120_000)).toEqual([]);
  });
});
