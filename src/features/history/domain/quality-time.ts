import type { AgentId, QualityWord, SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentObservation, MeasuredSession } from '../../fleet/domain/observation.ts';
import type { Sample } from '../store.ts';

/** A sample speaks for the time up to the next one, at most this long: the spacing of thinned samples. */
const longestSampleMs = 15 * 60_000;

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
  add(samples: readonly Sample[]): void;
  /** Worst first: by time in Poor, then in Fair. All samples were before `until`. */
  times(until: number): readonly QualityTime[];
}

interface Counter {
  readonly agent: AgentId;
  readonly session: SessionId;
  readonly ms: Record<QualityWord, number>;
  word: QualityWord;
  at: number;
  lowestScore: number | undefined;
}

export const foldQualityTimes = (): QualityTimeFold => {
  const agents = new Map<AgentId, Map<SessionId, Counter>>();
  const sessionsOf = (agent: AgentId): Map<SessionId, Counter> => {
    const known = agents.get(agent);
    if (known !== undefined) return known;
    const sessions = new Map<SessionId, Counter>();
    agents.set(agent, sessions);
    return sessions;
  };
  return {
    add: (samples) => {
      for (const sample of samples) {
        const sessions = sessionsOf(sample.agentId);
        const known = sessions.get(sample.sessionId);
        if (known === undefined) sessions.set(sample.sessionId, counterOf(sample));
        else count(known, sample);
      }
    },
    times: (until) =>
      [...agents.values()]
        .flatMap((sessions) => [...sessions.values()])
        .map((counter) => timeOf(counter, until))
        .sort((a, b) => b.poorMs - a.poorMs || b.fairMs - a.fairMs),
  };
};

const counterOf = ({ agentId, sessionId, word, at, score }: Sample): Counter => ({
  agent: agentId,
  session: sessionId,
  ms: { poor: 0, fair: 0, good: 0, unknown: 0 },
  word,
  at,
  lowestScore: score,
});

const count = (counter: Counter, { word, at, score }: Sample): void => {
  counter.ms[counter.word] += lasted(counter.at, at);
  counter.word = word;
  counter.at = at;
  if (score !== undefined) counter.lowestScore = Math.min(counter.lowestScore ?? score, score);
};

const lasted = (from: number, to: number): number =>
  Math.min(Math.max(to - from, 0), longestSampleMs);

const timeOf = (
  { agent, session, ms, word, at, lowestScore }: Counter,
  until: number,
): QualityTime => {
  const time = { ...ms, [word]: ms[word] + lasted(at, until) };
  return {
    agent,
    session,
    poorMs: time.poor,
    fairMs: time.fair,
    measuredMs: time.poor + time.fair + time.good,
    ...optional('lowestScore', lowestScore),
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
