import { describe, expect, it } from 'vitest';
import type { SuppressedMessage } from '../../../src/features/silence/domain/suppressed.ts';
import { channel, here, startTalk, type Talk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

const note = async (
  { store, clock }: Talk,
  agoMs: number,
  count: number,
  more: Partial<SuppressedMessage> = {},
): Promise<void> =>
  store.suppressions.note(
    Array.from({ length: count }, (_, index) => ({
      ...here,
      agentId: `agent-${index}`,
      agentName: `Agent ${index}`,
      what: 'begin',
      why: 'mute',
      at: clock.now() - agoMs,
      ...more,
    })),
  );

const countedFor = ({ store, clock }: Talk, ms: number) =>
  store.documents.write('default', 'suppressions', { since: clock.now() - ms });

describe('“watches” on what was held back', () => {
  it('counts by rule for a day, and all of a week', async () => {
    const talk = await startTalk();
    await countedFor(talk, 30 * day);
    await note(talk, hour, 3);
    await note(talk, 2 * hour, 12, { why: 'hours' });
    await note(talk, 3 * day, 25, { why: 'flapping' });
    await note(talk, 7 * day, 5);
    const seen = words(await talk.speaker().say('watches'));
    expect(seen).toContain('Held back: 3 by mute, 12 by usual hours (last 24 h) · 40 in 7 days');
  });

  it.each([
    [hour, /Held back: 3 by mute \(since [^)]+\)$/mu],
    [2 * day, /Held back: 3 by mute \(last 24 h\) · 3 since /u],
  ])('says since when it is counted, %i ms', async (ms, expected) => {
    const talk = await startTalk();
    await countedFor(talk, ms);
    await note(talk, 1000, 3);
    expect(words(await talk.speaker().say('watches'))).toMatch(expected);
  });

  it('says nothing where nothing was, also of another conversation', async () => {
    const talk = await startTalk();
    await countedFor(talk, 30 * day);
    await note(talk, hour, 3, { conversationKey: channel.key });
    const seen = await talk.speaker().say('watches');
    expect(words(seen)).not.toContain('Held back');
    expect(executesOf(seen?.card ?? {}).map(({ verb }) => verb)).not.toContain(
      'watches.suppressed',
    );
    const pressed = words(await talk.speaker().execute('watches.suppressed', {}));
    expect(pressed).toContain('Nothing was held back here in the last 7 days.');
  });

  it('is listed by pages for a viewer, and leads back', async () => {
    const talk = await startTalk({ role: 'viewer' });
    await countedFor(talk, 30 * day);
    await note(talk, hour, 23);
    await note(talk, 2 * hour, 260, { why: 'hours' });
    const alex = talk.speaker();
    const first = await alex.press((await alex.say('watches'))?.card ?? {}, 'watches.suppressed');
    expect(words(first)).toContain('page 1 of 20');
    expect(words(first)).toContain('and 83 more that were counted only');
    const second = await alex.press(first?.card ?? {}, 'watches.suppressed');
    expect(words(second)).toContain('page 2 of 20');
    expect(words(await alex.execute('watches.suppressed', { page: 999 }))).toContain(
      'page 20 of 20',
    );
    expect(words(await alex.press(second?.card ?? {}, 'command.run'))).toContain('Watches here');
  });

  it('is not known before the first poll', async () => {
    const talk = await startTalk();
    expect(words(await talk.speaker().execute('watches.suppressed', {}))).toContain(
      'Nobody has counted yet',
    );
  });
});
