import type { TracePeriod } from '../../../platform/trace.ts';
import { optional } from '../../../shared/optional.ts';
import type { Sample } from '../store.ts';
import { longestSampleMs } from './quality-time.ts';
import { hourMs, minutesOf, type RolledHour } from './rolled-hour.ts';

/** A session's stored scores of a period. */
export interface ScoreSummary {
  /** 0–100; each sample counts for the time up to the next one. */
  readonly mean?: number;
  readonly lowest?: number;
  readonly poorMs: number;
  readonly fairMs: number;
  readonly measuredMs: number;
  /** How often the word changed. */
  readonly changes: number;
  /**
   * From the first Poor sample of a run to where the next word begins; oldest first. By the hour where only roll-ups are
   * stored: hours in a row that were Poor for half of what is known of them, or more.
   */
  readonly poorRuns: readonly TracePeriod[];
}

/** `samples` are of one session, in the order of time; `hours` are those before the first of them. */
export const summarizeScores = (
  samples: readonly Sample[],
  { from, until }: TracePeriod,
  hours: readonly RolledHour[] = [],
): ScoreSummary => {
  const rolled = hours.filter(({ at }) => at >= from && at < until);
  const sum = { ...sumOfHours(rolled), changes: 0 };
  let lowest = Math.min(
    ...rolled.flatMap((hour) => (Number.isNaN(hour.lowest) ? [] : hour.lowest)),
  );
  const poorRuns: TracePeriod[] = [...poorHours(rolled)];
  const within = samples.filter(({ at, word }) => at >= from && at < until && word !== 'unknown');
  for (const [index, { at, word, score }] of within.entries()) {
    const next = within[index + 1];
    const end = Math.min(next?.at ?? until, at + longestSampleMs);
    const lasts = Math.max(0, end - at);
    if (word === 'poor') sum.poorMs += lasts;
    else if (word === 'fair') sum.fairMs += lasts;
    else sum.goodMs += lasts;
    if (next !== undefined && next.word !== word) sum.changes += 1;
    if (score !== undefined) {
      sum.scored += lasts;
      sum.points += score * lasts;
      lowest = Math.min(lowest, score);
    }
    if (word !== 'poor') continue;
    const run = poorRuns.at(-1);
    if (run?.until === at) poorRuns[poorRuns.length - 1] = { from: run.from, until: end };
    else poorRuns.push({ from: at, until: end });
  }
  return {
    ...optional('mean', sum.scored === 0 ? undefined : sum.points / sum.scored),
    ...optional('lowest', Number.isFinite(lowest) ? lowest : undefined),
    poorMs: sum.poorMs,
    fairMs: sum.fairMs,
    measuredMs: sum.poorMs + sum.fairMs + sum.goodMs,
    changes: sum.changes,
    poorRuns,
  };
};

const minuteMs = 60_000;

const sumOfHours = (hours: readonly RolledHour[]) => {
  const sum = { poorMs: 0, fairMs: 0, goodMs: 0, scored: 0, points: 0 };
  for (const hour of hours) {
    sum.poorMs += hour.poor * minuteMs;
    sum.fairMs += hour.fair * minuteMs;
    sum.goodMs += hour.good * minuteMs;
    if (Number.isNaN(hour.mean)) continue;
    sum.scored += minutesOf(hour) * minuteMs;
    sum.points += hour.mean * minutesOf(hour) * minuteMs;
  }
  return sum;
};

const poorHours = (hours: readonly RolledHour[]): readonly TracePeriod[] => {
  const runs: TracePeriod[] = [];
  for (const hour of hours) {
    if (2 * hour.poor < minutesOf(hour)) continue;
    const run = runs.at(-1);
    const until = hour.at + hourMs;
    if (run?.until === hour.at) runs[runs.length - 1] = { from: run.from, until };
    else runs.push({ from: hour.at, until });
  }
  return runs;
};
