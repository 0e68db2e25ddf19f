import type { Sample, SampledSession } from '../store.ts';
import { longestSampleMs } from './quality-time.ts';
import { sampleWords } from './sample-buffer.ts';

export const hourMs = 60 * 60_000;
export const dayMs = 24 * hourMs;
/** So long samples are stored; before it scores are known by the hour. */
export const samplesMs = 7 * dayMs;
const minuteMs = 60_000;

/** What the scores of one session came to in one hour. Minutes are whole, and at most 60 together. */
export interface RolledHour {
  /** Where the hour begins, ms since 1970. */
  at: number;
  /** 0–100, to half a point; each reading counts for the time up to the next one. NaN = no score. */
  mean: number;
  /** 0–100, whole. NaN = no score. */
  lowest: number;
  good: number;
  fair: number;
  poor: number;
}

/**
 * Gets each hour of each session; of one session and day in the order of time. The hour is used again for the
 * next one: take from it what you need.
 */
export type VisitHour = (session: SampledSession, hour: Readonly<RolledHour>) => void;

/** Samples of one session as columns, oldest first. */
export interface SampleTimes {
  readonly times: readonly number[];
  /** Places in `sampleWords`. */
  readonly words: readonly number[];
  /** NaN = none. */
  readonly scores: readonly number[];
}

interface Sum {
  readonly ms: [good: number, fair: number, poor: number, unknown: number];
  scoredMs: number;
  points: number;
  lowest: number;
}

/**
 * The hours of one session, in the order of time. A sample speaks for the hour after its own only up to the first
 * sample there: nothing is said of an hour without one.
 */
export const rollUpHours = ({ times, words, scores }: SampleTimes): readonly RolledHour[] => {
  const hours = new Map<number, Sum>();
  for (const [index, begin] of times.entries()) {
    const next = times[index + 1] ?? Number.POSITIVE_INFINITY;
    const end = Math.min(next, begin + longestSampleMs);
    const word = words[index] ?? 0;
    const score = scores[index] ?? Number.NaN;
    const first = Math.floor(begin / hourMs) * hourMs;
    add(hours, first, Math.min(end, first + hourMs) - begin, word, score);
    if (end > first + hourMs && next < first + 2 * hourMs)
      add(hours, first + hourMs, end - first - hourMs, word, score);
  }
  return [...hours].flatMap(([at, sum]) => rolledHour(at, sum) ?? []);
};

const add = (
  hours: Map<number, Sum>,
  at: number,
  ms: number,
  word: number,
  score: number,
): void => {
  // Another one of the same moment took its place: without time it has no mean, and so no lowest.
  if (ms <= 0) return;
  const known = hours.get(at);
  const sum = known ?? { ms: [0, 0, 0, 0], scoredMs: 0, points: 0, lowest: Number.NaN };
  if (known === undefined) hours.set(at, sum);
  sum.ms[word] = (sum.ms[word] ?? 0) + ms;
  if (Number.isNaN(score) || sampleWords[word] === 'unknown') return;
  sum.scoredMs += ms;
  sum.points += score * ms;
  if (!(score >= sum.lowest)) sum.lowest = score;
};

/** Nothing for an hour of which less than half a minute is known. */
const rolledHour = (at: number, { ms, scoredMs, points, lowest }: Sum): RolledHour | undefined => {
  const [good, fair, poor] = wholeMinutes(ms[0], ms[1], ms[2]);
  if (good + fair + poor === 0) return undefined;
  const mean = scoredMs === 0 ? Number.NaN : halfPoints(points / scoredMs);
  return { at, mean, lowest: Math.round(bounded(lowest)), good, fair, poor };
};

/** What was Poor for a few seconds was Poor for a minute, at the cost of what was longer. */
const wholeMinutes = (...ms: readonly [number, number, number]): [number, number, number] => {
  const total = Math.min(60, Math.round((ms[0] + ms[1] + ms[2]) / minuteMs));
  const poor = Math.min(total, ms[2] > 0 ? Math.max(1, Math.round(ms[2] / minuteMs)) : 0);
  const fair = Math.min(total - poor, ms[1] > 0 ? Math.max(1, Math.round(ms[1] / minuteMs)) : 0);
  return [total - poor - fair, fair, poor];
};

/** Also of a score that was broken somewhere, and of none. */
const bounded = (score: number): number => Math.min(100, Math.max(0, score));
const halfPoints = (score: number): number => Math.round(2 * bounded(score)) / 2;

export const minutesOf = ({ good, fair, poor }: Readonly<RolledHour>): number => good + fair + poor;

/** Samples of one session as columns. */
export const columnsOfSamples = (samples: readonly Sample[]): SampleTimes => ({
  times: samples.map(({ at }) => at),
  words: samples.map(({ word }) => sampleWords.indexOf(word)),
  scores: samples.map(({ score = Number.NaN }) => score),
});
