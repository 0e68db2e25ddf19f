import type { QualityWord, Reading } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { isStale, staleAfterMs } from '../../fleet/domain/quality.ts';
import type { UsualScore } from '../../history/domain/usual-score.ts';
import type { PlainBound, QualityBound } from '../../watches/domain/watch.ts';
import {
  type AlertState,
  advance,
  firstSeen,
  isCalm,
  mostAheadMs,
  type Observation,
  type Shown,
  type Step,
  setBackWithClock,
} from './alert-state.ts';
import { endsByUsual, usualShown, verdictByUsual } from './usual-rule.ts';

/**
 * A score must rise this far above the bound before it clears: the gap between the two thresholds.
 */
const clearGap = 5;
/** After this many stale ages without a reading, older observations do not count as "in a row". */
const coldStaleAges = 6;

export interface QualityRule {
  readonly quality: QualityBound;
  readonly afterMs?: number;
  readonly pollSeconds: number;
}

export interface QualitySample {
  /** The reading that represents the session. */
  readonly reading: Reading;
  /** True if the session is paused or its agent is offline: the reading does not describe now. */
  readonly silent?: boolean | undefined;
  /** When the agent was observed to return, in ms since 1970. Older samples are backfilled. */
  readonly onlineSince?: number | undefined;
  /** What is usual at this hour, if that is known and asked for. */
  readonly usual?: UsualScore | undefined;
  /** An own change explains a bad reading now. */
  readonly expected?: boolean | undefined;
}

/** Applies one sample of a session to one watch. A sample without information changes nothing. */
export const stepQuality = (
  rule: QualityRule,
  before: AlertState | undefined,
  sample: QualitySample,
  now: number,
): Step => {
  const state = before && setBackWithClock(before, now, staleAfterMs(rule.pollSeconds));
  const seen = isInformative(rule, state, sample, now) ? observe(rule, state, sample) : undefined;
  if (seen === undefined || (seen.verdict === 'bad' && sample.expected)) return { state: before };
  if (state === undefined) return { state: firstSeen(seen) };
  const patience = { ...optional('afterMs', rule.afterMs), coldAfterMs: coldAfterMs(rule) };
  return advance(patience, state, seen);
};

/** True if stepQuality would only move the time of a calm state on. */
export const isStillGood = (
  rule: QualityRule,
  state: AlertState,
  sample: QualitySample,
  now: number,
): boolean =>
  verdictOf(rule.quality, sample.reading, sample.usual) === 'good' &&
  isInformative(rule, state, sample, now) &&
  isCalm(state, sample.reading.measuredAt ?? 0, coldAfterMs(rule));

/** After so many ms without a reading, older ones say nothing about the next. */
export const coldAfterMs = ({ pollSeconds }: Pick<QualityRule, 'pollSeconds'>): number =>
  coldStaleAges * staleAfterMs(pollSeconds);

/** False for a sample that is repeated, out of order, stale, from the future, or backfilled. */
const isInformative = (
  { pollSeconds }: QualityRule,
  state: AlertState | undefined,
  { reading, silent, onlineSince = 0 }: QualitySample,
  now: number,
): boolean => {
  const at = reading.measuredAt ?? 0;
  const staleMs = staleAfterMs(pollSeconds);
  return (
    !silent &&
    !isStale(reading, now, staleMs) &&
    // A return that is to come was noted before the clock was set back.
    (at >= onlineSince || onlineSince > now + mostAheadMs) &&
    at > (state?.at ?? 0)
  );
};

const observe = (
  { quality }: QualityRule,
  state: AlertState | undefined,
  { reading, usual }: QualitySample,
): Observation | undefined => {
  const isUnknown = 'worseThan' in quality && usual === undefined;
  const verdict = isUnknown
    ? endsByUsual(reading, state?.problem?.told)
    : verdictOf(quality, reading, usual);
  const shown = shownBy(quality, { reading, usual });
  return verdict && { at: reading.measuredAt ?? 0, verdict, shown };
};

/** A reading as cards show it, with what is usual where that is why it is bad. */
export const shownBy = (
  quality: QualityBound,
  { reading, usual }: Pick<QualitySample, 'reading' | 'usual'>,
): Shown =>
  'worseThan' in quality && usual !== undefined && verdictByUsual(reading, usual) === 'bad'
    ? { ...shownOf(reading), usual: usualShown(usual) }
    : shownOf(reading);

export const shownOf = ({ word, score }: Pick<Reading, 'word' | 'score'>): Shown =>
  score === undefined ? { word } : { word, score };

export const verdictOf = (
  quality: QualityBound,
  { word, score }: Pick<Reading, 'word' | 'score'>,
  usual?: UsualScore,
): Observation['verdict'] | undefined => {
  if ('worseThan' in quality) return verdictByUsual({ word, ...optional('score', score) }, usual);
  if ('below' in quality) {
    if (score === undefined || word === 'unknown') return undefined;
    if (score < quality.below) return 'bad';
    return score >= Math.min(quality.below + clearGap, 100) ? 'good' : 'between';
  }
  if (word === 'unknown') return undefined;
  return word === 'poor' || word === quality.word ? 'bad' : 'good';
};

/** As verdictOf says good, without a reading to be made of each sample. */
export const isGood = (
  quality: PlainBound,
  word: QualityWord,
  score: number | undefined,
): boolean =>
  'below' in quality
    ? word !== 'unknown' && score !== undefined && score >= Math.min(quality.below + clearGap, 100)
    : word !== 'unknown' && word !== 'poor' && word !== quality.word;
