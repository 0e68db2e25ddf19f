import type {
  AlertEvent,
  AlertState,
} from '../../../../src/features/alerting/domain/alert-state.ts';
import {
  type QualityRule,
  type QualitySample,
  stepQuality,
} from '../../../../src/features/alerting/domain/quality-rule.ts';
import type { QualityWord } from '../../../../src/platform/agent.ts';

export const minute = 60_000;

export const below70: QualityRule = { quality: { below: 70 }, pollSeconds: 60 };
export const poor: QualityRule = { quality: { word: 'poor' }, pollSeconds: 60 };
export const fair: QualityRule = { quality: { word: 'fair' }, pollSeconds: 60 };

/** A score (whose word is of no matter), a word, or 'nothing' at all, measured at one poll. */
export type Told = number | QualityWord | 'nothing';

export const sampleOf = (told: Told, measuredAt: number): QualitySample => {
  if (told === 'nothing') return { reading: { definitionId: '', word: 'unknown' } };
  return typeof told === 'number'
    ? { reading: { definitionId: '', word: told < 50 ? 'poor' : 'good', score: told, measuredAt } }
    : { reading: { definitionId: '', word: told, measuredAt } };
};

export interface Story {
  readonly state: AlertState | undefined;
  readonly events: readonly AlertEvent[];
}

/** One sample a minute, each measured at its poll, from the first minute on. */
export const tell = (
  rule: QualityRule,
  samples: readonly Told[],
  start: Story = { state: undefined, events: [] },
): Story =>
  samples.reduce<Story>(({ state, events }, told) => {
    const at = (state?.at ?? 0) + minute;
    const step = stepQuality(rule, state, sampleOf(told, at), at);
    return { state: step.state, events: step.event ? [...events, step.event] : events };
  }, start);

export const kindsOf = ({ events }: Story): readonly AlertEvent['kind'][] =>
  events.map(({ kind }) => kind);
