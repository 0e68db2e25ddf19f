import { describe, expect, it } from 'vitest';
import { channel, here, startTalk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { openAlert } from '../alerting/an-alert.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

const minutes = 60_000;
const by = { id: 'alex', name: 'Alex' };

describe('mute', () => {
  it.each([
    ['mute all for 30m', '', 30, 'All agents are muted here until 13:30'],
    ['mute lax-12 for 1h30m', 'lax-12', 90, 'LAX-12 is muted here until 14:30'],
    ['MUTE "LAX-12" for 2 hours', 'lax-12', 120, 'LAX-12 is muted here until 15:00'],
    ['mute lax-12 until 14:00', 'lax-12', 60, 'LAX-12 is muted here until 14:00'],
    ['mute all until tomorrow 13:00', '', 1440, 'All agents are muted here until 24 Nov, 13:00'],
  ])('“%s” holds what would be notified', async (text, agentId, length, sentence) => {
    const talk = await startTalk();
    expect((await talk.speaker().say(text))?.summary).toContain(sentence);
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([
      { ...here, agentId, until: talk.clock.now() + length * minutes, by },
    ]);
  });

  it.each([
    ['mute', 'Say whom and how long'],
    ['mute lax', 'Say whom and how long'],
    ['mute for 1h', 'Say whom and how long'],
    ['mute lax until', 'Say whom and how long'],
    ['mute lax until 2020-01-01 08:00', 'is past'],
    ['mute all for 9999d', 'At most a year'],
    ['mute nobody for 1h', 'no agent called “nobody”'],
  ])('“%s” mutes nothing and says why', async (text, sentence) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain(sentence);
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
  });

  it('asks which agent is meant, and mutes it as long as was typed', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const asked = await alex.say('mute 1 for 2h');
    expect(executesOf(asked?.card ?? {}).map(({ verb, data }) => [verb, data])).toContainEqual([
      'agent.mute',
      { agent: 'den-1', for: '2h' },
    ]);
    await alex.execute('agent.mute', { agent: 'den-1', for: '2h' });
    expect(await talk.store.mutes.active('default', talk.clock.now())).toMatchObject([
      { agentId: 'den-1', until: talk.clock.now() + 120 * minutes },
    ]);
  });

  it('shows on the alert that is open, and goes from it again', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await talk.speaker().say('mute all for 1h');
    expect((await talk.waiting()).map(({ card }) => card)).toEqual(['alert-a']);
    await talk.speaker().say('unmute all');
    expect((await talk.waiting()).map(({ card }) => card)).toEqual(['alert-a']);
  });

  it('is for operators, even in a 1:1 chat', async () => {
    const talk = await startTalk({ role: 'viewer' });
    for (const text of ['mute all for 1h', 'unmute all'])
      expect(words(await talk.speaker().say(text))).toContain('needs the role operator');
  });
});

describe('unmute', () => {
  it.each([
    ['unmute lax', 'LAX-12 is no longer muted here', ['', channel.key]],
    ['unmute all', 'All agents are no longer muted here · LAX-12 · by Alex', [channel.key]],
    ['unmute lax-12.', 'LAX-12 is no longer muted here', ['', channel.key]],
  ])('C15: “%s” leaves nothing muted that it names', async (text, sentence, left) => {
    const talk = await startTalk();
    await talk.speaker().say('agents');
    await talk.speaker().say('mute all for 1h');
    await talk.speaker().say('mute lax for 1h');
    await talk.speaker(channel).say('mute lax for 1h');
    expect((await talk.speaker().say(text))?.summary).toContain(sentence);
    const mutes = await talk.store.mutes.active('default', talk.clock.now());
    expect(
      mutes
        .map(({ agentId, conversationKey }) =>
          conversationKey === channel.key ? conversationKey : agentId,
        )
        .toSorted(),
    ).toEqual(left);
  });

  it('C15: “unmute all” ends the mute of a single agent, and a press does too', async () => {
    const talk = await startTalk();
    await talk.speaker().say('mute lax for 1h');
    await talk.speaker().say('unmute all');
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
    await talk.speaker().say('mute lax for 1h');
    await talk.speaker().execute('mute.end', { agent: '' });
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
  });

  it.each([
    ['unmute', 'Type it like this'],
    ['unmute den', 'does not hold here'],
    ['unmute all', 'does not hold here'],
  ])('“%s” says that nothing is muted', async (text, sentence) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain(sentence);
  });
});

describe('maintenance', () => {
  it.each([
    // 12:00 in UTC is 13:00 in Berlin and 07:00 in New York.
    [
      'maintenance den from 22:00 to 23:30',
      'Europe/Berlin',
      'den',
      '2026-11-23T21:00Z',
      '2026-11-23T22:30Z',
    ],
    [
      'maintenance den from 22:00 to 06:00',
      'America/New_York',
      'den',
      '2026-11-24T03:00Z',
      '2026-11-24T11:00Z',
    ],
    [
      'maintenance all from now to 18:00',
      'Europe/Berlin',
      '',
      '2026-11-23T12:00Z',
      '2026-11-23T17:00Z',
    ],
    [
      'maintenance field.Site:Boise from sat 20:00 to sun 06:00',
      'Europe/Berlin',
      'field.Site:Boise',
      '2026-11-28T19:00Z',
      '2026-11-29T05:00Z',
    ],
    [
      'maintenance "from a to b" from 2026-12-01 08:00 to 2026-12-02 08:00',
      'Europe/Berlin',
      '"from a to b"',
      '2026-12-01T07:00Z',
      '2026-12-02T07:00Z',
    ],
  ])('“%s” in %s is planned', async (text, timeZone, filter, from, until) => {
    const talk = await startTalk();
    await talk.speaker({ timeZone }).say(text);
    expect(await talk.store.maintenance.list('default', talk.clock.now())).toEqual([
      {
        ...here,
        id: expect.any(String),
        filter,
        from: Date.parse(from),
        until: Date.parse(until),
        by,
      },
    ]);
  });

  it.each([
    ['maintenance den', 'Say what and when'],
    ['maintenance from 22:00 to 23:00', 'Say what and when'],
    ['maintenance den from noon to midnight', 'Say what and when'],
    ['maintenance den from 2020-01-01 08:00 to 09:00', 'is past'],
    ['maintenance den from 2026-12-02 08:00 to 2026-12-01 08:00', 'is not after'],
    ['maintenance is:nonsense from 22:00 to 23:00', 'nonsense'],
    ['maintenance off', 'No maintenance is planned here'],
  ])('“%s” plans nothing and says why', async (text, sentence) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain(sentence);
    expect(await talk.store.maintenance.list('default', talk.clock.now())).toEqual([]);
  });

  it('C16: lists what is planned here, and ends what is pressed', async () => {
    const talk = await startTalk();
    const left = async () =>
      (await talk.store.maintenance.list('default', talk.clock.now())).map(({ filter }) => filter);
    for (const filter of ['den', 'lax', 'all'])
      await talk.speaker().say(`maintenance ${filter} from 22:00 to 23:00`);
    await talk.speaker(channel).say('maintenance hq from 22:00 to 23:00');
    for (const text of ['maintenance', 'maintenance off', 'maintenance OFF.']) {
      const seen = await talk.speaker().say(text);
      expect(words(seen)).toContain('from 22:00 to 23:00');
      expect(words(seen)).toContain('3 windows');
      expect(executesOf(seen?.card ?? {}).map(({ title }) => title)).toEqual([
        'End 1',
        'End 2',
        'End 3',
        'End all 3',
      ]);
      expect(await left()).toHaveLength(4);
    }
    const seen = await talk.speaker().say('maintenance off');
    const [first, ...others] = executesOf(seen?.card ?? {});
    const ended = await talk.speaker().execute(first?.verb ?? '', first?.data);
    expect(ended?.summary).toContain('has ended');
    expect(await left()).toHaveLength(3);
    expect(
      words(await talk.speaker(channel).execute('maintenance.end', others[0]?.data)),
    ).toContain('No maintenance is planned here');
    await talk.speaker().execute('maintenance.end', others.at(-1)?.data);
    expect(await left()).toEqual(['hq']);
    expect(words(await talk.speaker().say('maintenance off'))).toContain('Nothing is planned');
  });

  it.each(['maintenance off please', 'maintenance off lax'])(
    'C16: “%s” ends nothing',
    async (text) => {
      const talk = await startTalk();
      await talk.speaker().say('maintenance all from 22:00 to 23:00');
      expect(words(await talk.speaker().say(text))).toContain('I cannot read');
      expect(await talk.store.maintenance.list('default', talk.clock.now())).toHaveLength(1);
    },
  );

  it('is planned by operators', async () => {
    const talk = await startTalk({ role: 'viewer' });
    expect(words(await talk.speaker().say('maintenance'))).toContain('Nothing is planned here');
    expect(words(await talk.speaker().say('maintenance off'))).toContain('needs the role operator');
    expect(words(await talk.speaker().say('maintenance all from now to 18:00'))).toContain(
      'needs the role operator',
    );
  });
});
