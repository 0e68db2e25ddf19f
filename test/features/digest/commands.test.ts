import { describe, expect, it } from 'vitest';
import { channel, here, startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

const dayMs = 24 * 60 * 60_000;

describe('digest', () => {
  it.each([
    // It is Monday, 12:00 in UTC, 13:00 in Berlin, 07:00 in New York.
    ['digest daily at 08:00', 'Europe/Berlin', '2026-11-24T07:00Z', 'daily at 08:00'],
    ['digest daily at 08:00', 'America/New_York', '2026-11-23T13:00Z', 'daily at 08:00'],
    ['Digest Weekly Mon at 08:00', 'Europe/Berlin', '2026-11-30T07:00Z', 'weekly mon at 08:00'],
    ['digest weekly friday 17:30', 'Europe/Berlin', '2026-11-27T16:30Z', 'weekly fri at 17:30'],
  ])('“%s” in %s comes next at %s', async (text, timeZone, next, said) => {
    const talk = await startTalk();
    const seen = await talk.speaker({ timeZone }).say(text);
    expect(seen?.summary).toContain(`A digest comes ${said}`);
    expect(await talk.store.digests.find(here)).toMatchObject({
      dueAt: Date.parse(next),
      by: { id: 'alex', name: 'Alex' },
      schedule: { timeZone },
    });
  });

  it.each(['digest hourly', 'digest daily', 'digest weekly at 08:00', 'digest daily at 25:00'])(
    '“%s” is refused with a sentence',
    async (text) => {
      const talk = await startTalk();
      expect(words(await talk.speaker().say(text))).toContain('digest daily at 08:00');
      expect(await talk.store.digests.find(here)).toBeUndefined();
    },
  );

  it('alone says when the next one comes', async () => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say('digest'))).toContain('No digest comes here');
    await talk.speaker().say('digest daily at 08:00');
    expect((await talk.speaker().say('digest'))?.summary).toContain(
      'A digest comes daily at 08:00',
    );
  });

  it('keeps what was notified when its times change', async () => {
    const talk = await startTalk();
    await talk.speaker().say('digest daily at 08:00');
    const set = await talk.store.digests.find(here);
    if (set === undefined) throw new Error('no digest');
    await talk.store.digests.claim(set, { dueAt: set.dueAt + dayMs, baseline: { some: 'thing' } });
    await talk.speaker().say('digest daily at 09:00');
    expect((await talk.store.digests.find(here))?.baseline).toEqual({ some: 'thing' });
  });

  it('“off” ends it, and its button brings it back', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const set = await alex.say('digest weekly mon at 08:00');
    const off = await alex.execute('digest.set', { when: 'off' });
    expect(await talk.store.digests.find(here)).toBeUndefined();
    expect(words(off)).toContain('No digest comes here any more');
    await alex.press(off?.card ?? {}, 'digest.set');
    expect(await talk.store.digests.find(here)).toMatchObject({ schedule: { weekday: 1 } });
    expect(set?.summary).toContain('weekly mon');
  });

  it('G8: sends one at once in a channel for who has a voice there, and one for all who ask', async () => {
    const talk = await startTalk({ role: 'viewer' });
    for (let time = 0; time < 20; time += 1)
      expect(words(await talk.speaker(channel).say('digest now'))).toContain('operator');
    expect(await talk.waiting()).toEqual([]);
    for (let time = 0; time < 20; time += 1)
      expect(words(await talk.speaker().say('digest now'))).toContain('on its way');
    expect(await talk.waiting()).toHaveLength(1);
  });

  it.each([
    ['digest daily at 08:00', dayMs],
    ['digest weekly mon at 08:00', 7 * dayMs],
    [undefined, dayMs],
  ])('“now” after “%s” asks for one at once', async (before, span) => {
    const talk = await startTalk();
    if (before !== undefined) await talk.speaker().say(before);
    expect(words(await talk.speaker().say('digest now'))).toContain('on its way');
    const now = talk.clock.now();
    expect((await talk.waiting()).map(({ kind, payload }) => ({ kind, payload }))).toEqual([
      { kind: 'post', payload: { kind: 'digest', from: now - span, to: now } },
    ]);
  });

  it('is a viewer’s own affair in a 1:1 chat, and an operator’s in a channel', async () => {
    const talk = await startTalk({ role: 'viewer' });
    await talk.speaker().say('digest daily at 08:00');
    expect(await talk.store.digests.find(here)).toBeDefined();
    for (const text of ['digest daily at 08:00', 'digest off'])
      expect(words(await talk.speaker(channel).say(text))).toContain('needs the role operator');
  });
});
