import type { AgentId, SessionId } from './agent.ts';
import { optional } from './optional.ts';
import type { Sample } from './stores.ts';

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

/** Worst first: by time in Poor, then in Fair. `samples` oldest first within each session; all before `until`. */
export const qualityTimes = (samples: readonly Sample[], until: number): readonly QualityTime[] =>
  [...bySession(samples).values()]
    .map((ofSession) => timeOf(ofSession, until))
    .sort((a, b) => b.poorMs - a.poorMs || b.fairMs - a.fairMs);

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

const timeOf = (samples: Session, until: number): QualityTime => {
  const [{ agentId, sessionId }] = samples;
  const time = { poor: 0, fair: 0, good: 0, unknown: 0 };
  samples.forEach(({ word, at }, index) => {
    const end = samples[index + 1]?.at ?? until;
    time[word] += Math.min(Math.max(end - at, 0), longestSampleMs);
  });
  const scores = samples.flatMap(({ score }) => score ?? []);
  return {
    agent: agentId,
    session: sessionId,
    poorMs: time.poor,
    fairMs: time.fair,
    measuredMs: time.poor + time.fair + time.good,
    ...optional(
      'lowestScore',
      scores.length > 0 ? scores.reduce((a, b) => Math.min(a, b)) : undefined,
    ),
  };
};
