import { describe, expect, it } from 'vitest';
import { here, startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

/** A conversation that had these alerts: an agent, and how many ms ago it began. */
const aTalk = async (
  began: readonly (readonly [agent: string, ago: number])[],
  watchedFor: number | 'never' = 20 * day,
  open: readonly (readonly [agent: string, ago: number])[] = [],
) => {
  const talk = await startTalk();
  const now = talk.clock.now();
  const rule = { filter: '', quality: { word: 'poor' }, offline: true };
  const by = { id: 'alex', name: 'Alex' };
  if (watchedFor !== 'never')
    await talk.store.watches.add({
      ...{ ...here, filter: '', rule, madeBy: by },
      createdAt: now - watchedFor,
    });
  const drafts = [...began, ...open].map(([agentId, ago], index) => ({
    ...{ ...here, id: `a-${index}`, watchId: 'w', sessionId: '', agentId, detail: {} },
    openedAt: now - ago,
    ...(index < began.length ? { closedAt: now - ago + 60_000 } : {}),
  }));
  await talk.store.alerts.open(drafts.map((draft) => ({ ...draft, sessionId: '' as const })));
  return async (text: string): Promise<string> =>
    wordsOf((await talk.speaker().say(text))?.card ?? {});
};

const some = [
  ['lax-12', hour],
  ['lax-12', 3 * day],
  ['den-1', 2 * day],
  ['lax-12', 8 * day],
] as const;

describe('what a silence would have hidden', () => {
  it.each([
    ['mute lax-12 for 1h', 'In the last 7 days it would have hidden 2 alerts about 1 agent.'],
    ['mute all for 1h', 'In the last 7 days it would have hidden 3 alerts about 2 agents.'],
    ['mute den-1 for 1h', 'In the last 7 days it would have hidden 1 alert about 1 agent.'],
  ])('“%s” counts the alerts of a week', async (text, sentence) => {
    const say = await aTalk(some);
    expect(await say(text)).toContain(sentence);
  });

  it('counts for a window the alerts in the same hours of each day, of the agents that match', async () => {
    // It is 13:00: an alert two days ago at that time, one three days ago at 19:00.
    const say = await aTalk([
      ['lax-12', 2 * day],
      ['lax-12', 3 * day - 6 * hour],
      ['den-1', day],
    ]);
    expect(await say('maintenance lax-12 from 12:30 to 14:30')).toContain(
      'it would have hidden 1 alert about 1 agent at these hours.',
    );
  });

  it('counts for a window from now on what is open, which began at no such hour of an earlier day', async () => {
    const say = await aTalk([], 20 * day, [
      ['lax-12', 60_000],
      ['den-1', 60_000],
    ]);
    const two = '2 alerts are open now, and nothing more is told of them meanwhile.';
    expect(await say('maintenance all from now to 14:30')).toContain(
      `it would have hidden no alert at these hours. ${two}`,
    );
    expect(await say('maintenance lax-12 from now to 14:30')).toContain(
      '1 alert is open now, and nothing more is told of it meanwhile.',
    );
    expect(await say('maintenance all from 14:00 to 14:30')).not.toContain('open now');
    expect(await say('mute all for 1h')).not.toContain('open now');
  });

  it.each([
    [
      'please mute lax-12 until tomorrow',
      /mute LAX-12 until tomorrow 08:00\n.*In the last 7 days it would have hidden 2 alerts about 1 agent\./u,
    ],
    ['snooze everything', /mute all for 1h\nIn the last 7 days .* 3 alerts about 2 agents\./u],
    [
      'stop den-1',
      /pause DEN-1\nmute DEN-1 for 1h\nIn the last 7 days .* 1 alert about 1 agent\./u,
    ],
  ])('is said by what offers “%s” before it is pressed', async (text, words) => {
    const say = await aTalk(some);
    expect(await say(text)).toMatch(words);
  });

  it('says since when something is watched here, where that is less than a week', async () => {
    const say = await aTalk([['lax-12', hour]], 2 * day);
    expect(await say('mute all for 1h')).toMatch(
      /Since .*, when watching began here, it would have hidden 1 alert about 1 agent\./u,
    );
  });

  it('says nothing where nothing was ever watched', async () => {
    const say = await aTalk([], 'never');
    expect(await say('mute all for 1h')).not.toContain('hidden');
  });
});
