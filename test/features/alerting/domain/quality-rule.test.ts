import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type QualitySample,
  stepQuality,
} from '../../../../src/features/alerting/domain/quality-rule.ts';
import { viewAgent } from '../../../../src/features/fleet/domain/agent-view.ts';
import { staleAfterMs } from '../../../../src/features/fleet/domain/quality.ts';
import { anAgent } from '../../fleet/an-agent.ts';
import { below70, kindsOf, minute, poor, sampleOf, type Told, tell } from './a-story.ts';

const learned = tell(below70, [90, 90, 60]);
const at = (learned.state?.at ?? 0) + minute;
const bad = sampleOf(60, at);

describe('a bad sample that would raise', () => {
  it('raises', () => {
    expect(stepQuality(below70, learned.state, bad, at).event?.kind).toBe('raised');
  });

  it.each<[string, QualitySample, number]>([
    ['was counted already', sampleOf(60, at - minute), at],
    ['is out of order', sampleOf(60, at - 2 * minute), at],
    ['is stale', bad, at + 5 * minute + 1],
    ['is from the future', bad, at - 5 * minute - 1],
    ['has no date', { reading: { definitionId: '', word: 'poor', score: 60 } }, at],
    ['has no score', { reading: { definitionId: '', word: 'poor', measuredAt: at } }, at],
    ['is of no known quality', { reading: { ...bad.reading, word: 'unknown' } }, at],
    ['is of a paused session', { ...bad, silent: true }, at],
    ['was backfilled after the agent came back', { ...bad, onlineSince: at + 1 }, at],
    ["is the bot's own doing", { ...bad, expected: true }, at],
  ])('teaches nothing when it %s', (_, sample, now) => {
    expect(stepQuality(below70, learned.state, sample, now)).toEqual({ state: learned.state });
  });

  it('waits longer to be stale where polls are rare', () => {
    const rare = { ...below70, pollSeconds: 600 };
    expect(stepQuality(rare, learned.state, bad, at + 30 * minute).event?.kind).toBe('raised');
  });
});

describe('a good sample', () => {
  it("counts even while the bot's own doing is expected to hurt", () => {
    const { state } = tell(below70, [60, 60, 90]);
    const now = (state?.at ?? 0) + minute;
    const step = stepQuality(below70, state, { ...sampleOf(90, now), expected: true }, now);
    expect(step.event?.kind).toBe('cleared');
  });

  it('that was backfilled clears nothing', () => {
    const { state } = tell(poor, ['poor', 'poor', 'good']);
    const now = (state?.at ?? 0) + minute;
    const sample = { ...sampleOf('good', now), onlineSince: now + 1 };
    expect(stepQuality(poor, state, sample, now + minute)).toEqual({ state });
  });
});

it('forgets a run of samples that broke off half an hour ago', () => {
  const { state } = tell(poor, ['poor']);
  const late = (state?.at ?? 0) + 31 * minute;
  const step = stepQuality(poor, state, sampleOf('poor', late), late);
  expect(step.event).toBeUndefined();
  expect(stepQuality(poor, step.state, sampleOf('poor', late + 1), late + 1).event).toMatchObject({
    kind: 'raised',
    since: late,
  });
});

it('clears a bound of 98 at 100, the best there is', () => {
  const strict = { ...below70, quality: { below: 98 } };
  expect(kindsOf(tell(strict, [97, 97, 99, 99, 100, 100]))).toEqual(['raised', 'cleared']);
});

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.constantFrom('good', 'fair', 'poor', 'unknown', 'nothing'),
);

it('learns nothing from samples that come twice or too late, whenever they come', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(below70, poor),
      fc.array(told, { maxLength: 60 }),
      fc.array(told, { maxLength: 5 }),
      (rule, samples, echoes) => {
        const { state } = tell(rule, samples);
        const newest = state?.at ?? 0;
        for (const [back, echo] of echoes.entries()) {
          const again = stepQuality(rule, state, sampleOf(echo, newest - back * minute), newest);
          if (state !== undefined) expect(again).toEqual({ state });
          const stale = stepQuality(rule, state, sampleOf(echo, newest + 1), newest + 6 * minute);
          expect(stale).toEqual({ state });
        }
      },
    ),
  );
});

it.each([
  ['6 minutes ahead', 6, false],
  ['4 minutes ahead', 4, true],
  ['4 minutes old', -4, true],
  ['6 minutes old', -6, false],
])('C9: alerts and cards have one idea of fresh: %s', (_, ahead, fresh) => {
  const now = at + 10 * minute;
  const reading = { ...bad.reading, measuredAt: now + ahead * minute, word: 'poor' } as const;
  const raised = stepQuality(below70, learned.state, { reading }, now).event?.kind === 'raised';
  const facts = {
    agent: anAgent(),
    status: { agentId: 'a', targets: [{ sessionId: 's', name: 'crm', readings: [reading] }] },
    definitions: new Map(),
  };
  const view = viewAgent(facts, now, staleAfterMs(below70.pollSeconds));
  expect([raised, view.statusWord === 'poor']).toEqual([fresh, fresh]);
});

describe('A5: a clock that was set back an hour', () => {
  it('hides no problem that begins then, and keeps the age of one that is open', () => {
    const { state } = tell(below70, [90, 90, 90]);
    const hour = 60 * minute;
    let now = (state?.at ?? 0) - hour;
    let step = stepQuality(below70, state, sampleOf(60, now), now);
    now += minute;
    step = stepQuality(below70, step.state, sampleOf(60, now), now);
    expect(step.event?.kind).toBe('raised');

    const open = tell(below70, [90, 60, 60]).state;
    const ageMs = (open?.at ?? 0) - (open?.problem?.since ?? 0);
    now = (open?.at ?? 0) - hour;
    const after = stepQuality(below70, open, sampleOf(60, now), now).state;
    expect(now - (after?.problem?.since ?? 0)).toBeGreaterThanOrEqual(ageMs);
    expect(now - (after?.problem?.since ?? 0)).toBeLessThan(ageMs + 10 * minute);
  });

  it('makes no reading of after the return of an agent a backfilled one', () => {
    const now = at;
    const sample = { ...bad, onlineSince: now + 60 * minute };
    expect(stepQuality(below70, learned.state, sample, now).event?.kind).toBe('raised');
  });
});
