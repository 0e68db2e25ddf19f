import type { Reading } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { isStale, staleAfterMs } from '../../fleet/domain/quality.ts';
import type { QualityBound } from '../../watches/domain/watch.ts';
import {
  type AlertState,
  advance,
  firstSeen,
  isCalm,
  type Observation,
  type Shown,
  type Step,
} from './alert-state.ts';

/** A score must rise this far above the bound before it clears: the gap between the two thresholds. */
const clearGap = 5;
/** A score this far below the one that was told is worse news. */
const worseBy = 20;
/** After so many stale ages without a reading, what was seen before it is not "in a row" any more. */
const coldStaleAges = 6;

export interface QualityRule {
  readonly quality: QualityBound;
  readonly afterMs?: number;
  readonly pollSeconds: number;
}

/** One session at one poll. */
export interface QualitySample {
  /** The one that stands for the session. */
  readonly reading: Reading;
  /** The session is paused, or its agent is offline: what it says is not about now. */
  readonly silent?: boolean | undefined;
  /** When the agent was seen coming back, ms since 1970: older samples are backfilled. */
  readonly onlineSince?: number | undefined;
  /** The bot's own doing explains a bad reading now. */
  readonly expected?: boolean | undefined;
}

/** One sample of one session for one watch; what teaches nothing leaves the state as it was. */
export const stepQuality = (
  rule: QualityRule,
  state: AlertState | undefined,
  sample: QualitySample,
  now: number,
): Step => {
  const seen = teaches(rule, state, sample, now) ? observe(rule, state, sample) : undefined;
  if (seen === undefined || (seen.verdict === 'bad' && sample.expected)) return { state };
  if (state === undefined) return { state: firstSeen(seen) };
  const patience = { ...optional('afterMs', rule.afterMs), coldAfterMs: coldAfterMs(rule) };
  return advance(patience, state, seen);
};

/** Whether the step would only move the clock of a calm state on. */
export const isStillGood = (
  rule: QualityRule,
  state: AlertState,
  sample: QualitySample,
  now: number,
): boolean =>
  verdictOf(rule.quality, sample.reading) === 'good' &&
  teaches(rule, state, sample, now) &&
  isCalm(state, sample.reading.measuredAt ?? 0, coldAfterMs(rule));

const coldAfterMs = ({ pollSeconds }: QualityRule): number =>
  coldStaleAges * staleAfterMs(pollSeconds);

/** Not the same sample again, none out of order, old, from the future, or backfilled after a reconnect. */
const teaches = (
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
    at - now <= staleMs &&
    at >= onlineSince &&
    at > (state?.at ?? 0)
  );
};

const observe = (
  { quality }: QualityRule,
  state: AlertState | undefined,
  { reading }: QualitySample,
): Observation | undefined => {
  const shown = shownOf(reading);
  const verdict = verdictOf(quality, reading);
  return (
    verdict && {
      at: reading.measuredAt ?? 0,
      verdict,
      shown,
      worse: isWorse(quality, state?.problem?.told, shown),
    }
  );
};

/** A reading as people are told it. */
export const shownOf = ({ word, score }: Pick<Reading, 'word' | 'score'>): Shown =>
  score === undefined ? { word } : { word, score };

const verdictOf = (
  quality: QualityBound,
  { word, score }: Pick<Reading, 'word' | 'score'>,
): Observation['verdict'] | undefined => {
  if ('below' in quality) {
    if (score === undefined || word === 'unknown') return undefined;
    if (score < quality.below) return 'bad';
    return score >= Math.min(quality.below + clearGap, 100) ? 'good' : 'between';
  }
  if (word === 'unknown') return undefined;
  return word === 'poor' || word === quality.word ? 'bad' : 'good';
};

const isWorse = (quality: QualityBound, shownBefore: Shown | undefined, shown: Shown): boolean =>
  'below' in quality
    ? (shownBefore?.score ?? 0) - (shown.score ?? 100) >= worseBy
    : shownBefore?.word === 'fair' && shown.word === 'poor';
