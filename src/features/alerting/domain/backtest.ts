import type { Reading } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { asBatch, createSessions, sampleWords } from '../../history/domain/sample-buffer.ts';
import type { Sample, SampleBatch, SampledSession } from '../../history/store.ts';
import { isPlainBound, type PlainBound, type WatchRule } from '../../watches/domain/watch.ts';
import type { Backtest } from '../../watches/ports.ts';
import type { Absence } from './absences.ts';
import { type AlertState, isCalm } from './alert-state.ts';
import { goodAllAlong } from './flapping.ts';
import { type Beginning, countCards, groupWindowMs } from './grouping.ts';
import { isGood, type QualityRule, stepQuality } from './quality-rule.ts';

/**
 * Runs a watch over stored samples page by page, so that memory does not grow with their number.
 */
export interface BacktestFold {
  /** Oldest first within each session. */
  add(samples: readonly Sample[] | SampleBatch): void;
  addAbsences(absences: readonly Absence[]): void;
  /** Of the oldest sample, ms since 1970. */
  begin(): number | undefined;
  result(): Backtest;
}

type PlainRule = QualityRule & { readonly quality: PlainBound };

/** What one session came to. */
interface Track {
  /** Of its newest sample that taught anything; 0 = none yet. */
  at: number;
  /** Absent while it was good all along: then one more good sample only moves the time on. */
  state: AlertState | undefined;
}

/** Samples contain no offline times: absences are added for themselves, and are about as exact as their quarters. */
export const foldBacktest = (
  { quality, afterMs }: Pick<WatchRule, 'quality' | 'afterMs'>,
  pollSeconds: number,
): BacktestFold => {
  const tracks = new Map<SampledSession, Track>();
  const sessionOf = createSessions();
  const problems: Beginning[] = [];
  let openAbsences = 0;
  let oldest = Number.POSITIVE_INFINITY;

  const step = (
    rule: PlainRule,
    track: Track,
    { agentId, sessionId }: SampledSession,
    { measuredAt: at, ...shown }: Pick<Reading, 'word' | 'score'> & { readonly measuredAt: number },
  ) => {
    const before = track.state ?? (track.at === 0 ? undefined : goodAt(track.at));
    const reading = { definitionId: '', measuredAt: at, ...shown };
    const { state, event } = stepQuality(rule, before, { reading }, at);
    if (state === undefined) return;
    track.at = state.at;
    track.state = isCalm(state, state.at, 0) ? undefined : state;
    if (before?.problem === undefined && event?.open === true)
      problems.push({ id: `${sessionId}/${at}`, agent: agentId, raisedAt: at });
  };

  const addBatch = (rule: PlainRule, batch: SampleBatch): void => {
    const { length, sessions, begins, ends, words, lowest } = batch;
    for (let index = 0; index < length; index += 1) {
      const session = sessions[index];
      const word = sampleWords[words[index] ?? 0];
      if (session === undefined || word === undefined) continue;
      const known = tracks.get(session);
      const track = known ?? { at: 0, state: undefined };
      if (known === undefined) tracks.set(session, track);
      const end = ends[index] ?? 0;
      oldest = Math.min(oldest, begins[index] ?? oldest);
      // A stretch is good as a whole where its lowest score is: all have one, or none.
      if (track.state === undefined && isGood(rule.quality, word, scoreOf(lowest[index]))) {
        if (end > track.at) track.at = end;
        continue;
      }
      batch.visit(index, (at, score) => {
        const known = scoreOf(score);
        if (track.state === undefined && isGood(rule.quality, word, known)) {
          if (at > track.at) track.at = at;
        } else step(rule, track, session, { word, measuredAt: at, ...optional('score', known) });
      });
    }
  };

  return {
    add: (samples) => {
      if (!isPlainBound(quality)) return;
      const rule = { quality, pollSeconds, ...optional('afterMs', afterMs) };
      addBatch(rule, asBatch(samples, sessionOf));
    },
    addAbsences: (absences) => {
      for (const { agent, beganAt, raisedAt, open } of absences) {
        problems.push({ id: `${agent}@${beganAt}`, agent, raisedAt });
        if (open) openAbsences += 1;
      }
    },
    begin: () => (Number.isFinite(oldest) ? oldest : undefined),
    result: () => ({
      notifications: countCards(problems, groupWindowMs),
      problems: problems.length,
      agents: new Set(problems.map(({ agent }) => agent)).size,
      open:
        openAbsences +
        [...tracks.values()].filter(({ state }) => state?.problem !== undefined).length,
    }),
  };
};

const scoreOf = (score: number | undefined): number | undefined =>
  score === undefined || Number.isNaN(score) ? undefined : score;

/** What a session remembers that was good all along: how long does not matter to what comes next. */
const goodAt = (at: number): AlertState => ({
  at,
  bad: false,
  run: { verdict: 'good', count: 2, since: at },
  history: goodAllAlong,
  flapping: false,
});
