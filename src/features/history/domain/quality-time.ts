import type { AgentId, SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentObservation, MeasuredSession } from '../../fleet/domain/observation.ts';
import type { Sample, SampleBatch, SampledSession } from '../store.ts';
import { asBatch, createSessions } from './sample-buffer.ts';

/** A sample speaks for the time up to the next one, at most this long: the spacing of thinned samples. */
export const longestSampleMs = 15 * 60_000;

/** A session's time by quality, in ms. */
export interface QualityTime {
  readonly agent: AgentId;
  readonly session: SessionId;
  readonly poorMs: number;
  readonly fairMs: number;
  readonly measuredMs: number;
  /** 0–100 */
  readonly lowestScore?: number;
}

/** Adds up samples as they come, oldest first within each session; it keeps none of them. */
export interface QualityTimeFold {
  add(samples: readonly Sample[] | SampleBatch): void;
  /** Worst first: by time in Poor, then in Fair. All samples were before `until`. */
  times(until: number): readonly QualityTime[];
  /** The same, without the sessions that were Good all the time: those are most of a fleet. */
  badTimes(until: number): readonly QualityTime[];
}

/** Sums by the places of `sampleWords`. */
interface Counter {
  readonly session: SampledSession;
  readonly ms: [good: number, fair: number, poor: number, unknown: number];
  word: number;
  at: number;
  /** NaN = none. */
  lowestScore: number;
}

export const foldQualityTimes = (): QualityTimeFold => {
  const counters = new Map<SampledSession, Counter>();
  const sessionOf = createSessions();
  const timesOf = (
    until: number,
    counts: (counter: Counter) => boolean,
  ): readonly QualityTime[] => {
    const found: QualityTime[] = [];
    for (const counter of counters.values())
      if (counts(counter)) found.push(timeOf(counter, until));
    return found.sort((a, b) => b.poorMs - a.poorMs || b.fairMs - a.fairMs);
  };
  return {
    add: (samples) => {
      const { length, sessions, begins, ends, words, lowest } = asBatch(samples, sessionOf);
      for (let index = 0; index < length; index += 1) {
        const session = sessions[index];
        // By index, because destructuring makes an array of each stretch.
        const at = begins[index] ?? 0;
        const end = ends[index] ?? 0;
        const word = words[index] ?? 0;
        const score = lowest[index] ?? Number.NaN;
        if (session === undefined) continue;
        const known = counters.get(session);
        if (known === undefined) {
          const ms: Counter['ms'] = [0, 0, 0, 0];
          ms[word] = end - at;
          counters.set(session, { session, ms, word, at: end, lowestScore: score });
        } else count(known, { at, end, word, score });
      }
    },
    times: (until) => timesOf(until, () => true),
    badTimes: (until) => timesOf(until, (counter) => badMs(counter, until) > 0),
  };
};

/** Within a stretch no two samples are further apart than one speaks for, so it counts as a whole. */
const count = (
  counter: Counter,
  { at, end, word, score }: Pick<Counter, 'at' | 'word'> & { end: number; score: number },
): void => {
  counter.ms[counter.word] = (counter.ms[counter.word] ?? 0) + lasted(counter.at, at);
  counter.ms[word] = (counter.ms[word] ?? 0) + end - at;
  counter.word = word;
  counter.at = end;
  // Neither holds where one of them is none.
  if (score < counter.lowestScore || Number.isNaN(counter.lowestScore)) counter.lowestScore = score;
};

const lasted = (from: number, to: number): number =>
  Math.min(Math.max(to - from, 0), longestSampleMs);

/** Asked of each session, so it makes nothing. */
const badMs = ({ ms, word, at }: Counter, until: number): number =>
  ms[1] + ms[2] + (word === 1 || word === 2 ? lasted(at, until) : 0);

const timeOf = (
  { session: { agentId, sessionId }, ms, word, at, lowestScore }: Counter,
  until: number,
): QualityTime => {
  const left = (of: number): number => (ms[of] ?? 0) + (of === word ? lasted(at, until) : 0);
  const [good, fair, poor] = [left(0), left(1), left(2)];
  return {
    agent: agentId,
    session: sessionId,
    poorMs: poor,
    fairMs: fair,
    measuredMs: poor + fair + good,
    ...optional('lowestScore', Number.isNaN(lowestScore) ? undefined : lowestScore),
  };
};

/** Samples by session, in the order in which they came. */
export const bySession = (samples: readonly Sample[]): ReadonlyMap<string, Session> => {
  const sessions = new Map<string, [Sample, ...Sample[]]>();
  for (const sample of samples) {
    const key = `${sample.agentId}/${sample.sessionId}`;
    const known = sessions.get(key);
    if (known === undefined) sessions.set(key, [sample]);
    else known.push(sample);
  }
  return sessions;
};

type Session = readonly [Sample, ...Sample[]];

/** What an agent's sessions measured since the look before; what was old already is no sample of now. */
export const noteSamples = (
  { facts }: AgentObservation,
  sessions: readonly MeasuredSession[],
  before: AgentObservation | undefined,
  samples: Sample[],
): void => {
  for (const { id: sessionId, reading, stale } of sessions) {
    const { word, score, measuredAt: at } = reading;
    if (stale || at === undefined || at <= (before?.measuredAt(sessionId) ?? 0)) continue;
    samples.push({ agentId: facts.agent.id, sessionId, at, word, score });
  }
};
