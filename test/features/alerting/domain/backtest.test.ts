import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertState } from '../../../../src/features/alerting/domain/alert-state.ts';
import { foldBacktest } from '../../../../src/features/alerting/domain/backtest.ts';
import { stepQuality } from '../../../../src/features/alerting/domain/quality-rule.ts';
import type { Sample } from '../../../../src/features/history/store.ts';
import type { QualityWord } from '../../../../src/platform/agent.ts';

const minute = 60_000;
const letters: Readonly<Record<string, QualityWord>> = { g: 'good', f: 'fair', p: 'poor' };

/** One sample a minute: `g` good, `f` fair, `p` poor, `.` none. */
const history = (agentId: string, story: string): readonly Sample[] =>
  [...story].flatMap((letter, index) => {
    const word = letters[letter];
    return word ? [{ agentId, sessionId: `${agentId}-crm`, at: (index + 1) * minute, word }] : [];
  });
const rehearse = (
  rule: Parameters<typeof foldBacktest>[0],
  samples: readonly Sample[],
  pollSeconds: number,
) => {
  const fold = foldBacktest(rule, pollSeconds);
  fold.add(samples);
  return fold.result();
};

const poor = { quality: { word: 'poor' } } as const;

describe('what a watch would have sent', () => {
  it.each([
    ['nothing', poor, ['ggggfgg'], { notifications: 0, problems: 0, agents: 0, open: 0 }],
    ['one', poor, ['ggppgg'], { notifications: 1, problems: 1, agents: 1, open: 0 }],
    ['one that lasts', poor, ['ggpp'], { notifications: 1, problems: 1, agents: 1, open: 1 }],
    [
      'two of one agent',
      poor,
      ['ppgg.....ppgg'],
      { notifications: 2, problems: 2, agents: 1, open: 0 },
    ],
    [
      'one for three at once',
      poor,
      ['ppgg', 'gppg', 'gppg'],
      { notifications: 1, problems: 3, agents: 3, open: 2 },
    ],
    [
      'nothing for a moment',
      { ...poor, afterMs: 5 * minute },
      ['gpppgg'],
      { notifications: 0, problems: 0, agents: 0, open: 0 },
    ],
    [
      'one that is worse than Fair',
      { quality: { word: 'fair' } } as const,
      ['ffppgg'],
      { notifications: 1, problems: 1, agents: 1, open: 0 },
    ],
    [
      'one for flapping',
      poor,
      ['pg'.repeat(12)],
      { notifications: 1, problems: 1, agents: 1, open: 1 },
    ],
    [
      'nothing about quality',
      { quality: 'none' } as const,
      ['pppp'],
      { notifications: 0, problems: 0, agents: 0, open: 0 },
    ],
  ])('%s', (_, rule, stories, sent) => {
    const samples = stories.flatMap((story, index) => history(`agent-${index}`, story));
    expect(rehearse(rule, samples, 60)).toEqual(sent);
  });

  it('follows scores too, and samples of a quarter of an hour', () => {
    const scores = [90, 60, 60, 90, 90];
    const samples = scores.map((score, index) => ({
      agentId: 'lax',
      sessionId: 'crm',
      at: index * 15 * minute + 1,
      word: 'fair' as const,
      score,
    }));
    expect(rehearse({ quality: { below: 70 } }, samples, 60)).toMatchObject({
      problems: 1,
      open: 0,
    });
  });
});

/** As the fold, one step after the other, without its short cut for what is good all along. */
const stepped = (
  quality: { readonly word: 'poor' | 'fair' } | { readonly below: number },
  afterMs: number | undefined,
  samples: readonly Sample[],
) => {
  const rule = { quality, pollSeconds: 60, ...(afterMs === undefined ? {} : { afterMs }) };
  let state: AlertState | undefined;
  let problems = 0;
  for (const { at, word, score } of samples) {
    const before = state;
    const reading = { definitionId: '', word, measuredAt: at, score };
    const { state: after, event } = stepQuality(rule, before, { reading }, at);
    state = after;
    if (before?.problem === undefined && event?.open === true) problems += 1;
  }
  return { problems, open: state?.problem === undefined ? 0 : 1 };
};

it('A1: passes over what is good all along, and finds the same', () => {
  const words: readonly QualityWord[] = ['good', 'fair', 'poor', 'unknown'];
  const sample = fc.record({
    word: fc.oneof(
      { weight: 3, arbitrary: fc.constant('good' as const) },
      fc.constantFrom(...words),
    ),
    score: fc.constantFrom(undefined, 20, 60, 71, 74, 75, 90, 100),
    gap: fc.constantFrom(0, 1, 1, 1, 15, 60),
    times: fc.integer({ min: 1, max: 24 }),
  });
  const quality = fc.constantFrom(
    ...([{ word: 'poor' }, { word: 'fair' }, { below: 70 }, { below: 98 }] as const),
  );
  fc.assert(
    fc.property(
      quality,
      fc.constantFrom(undefined, 5 * minute),
      fc.array(sample, { maxLength: 12 }),
      (bound, afterMs, pieces) => {
        let at = minute;
        const samples = pieces.flatMap(({ word, score, gap, times }) =>
          Array.from({ length: times }, (): Sample => {
            at += gap * minute;
            return { agentId: 'a', sessionId: 's', at, word, score };
          }),
        );
        const rule = { quality: bound, ...(afterMs === undefined ? {} : { afterMs }) };
        const { problems, open } = rehearse(rule, samples, 60);
        expect({ problems, open }).toEqual(stepped(bound, afterMs, samples));
      },
    ),
    { numRuns: 1500 },
  );
});
