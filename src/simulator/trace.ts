import type { SimulatedAgent, SimulatedSession } from './agent.ts';
import { isMeasured } from './present.ts';
import { definitionOf } from './quality-definition.ts';
import { createRandom } from './random.ts';

export const bucketMs = 5 * 60_000;

/** A bucket as the API writes it, in the order in which it shall come. */
export interface SimulatedBucket {
  /** The start of the bucket, ms since 1970. */
  readonly at: number;
  readonly latencyMs: number;
  readonly jitterMs: number;
  readonly sent: number;
  readonly lost: number;
}

/** What a session measured, as far back as the fleet's past was noted; before that it was as it usually is. */
export interface Traces {
  /** Whoever is not among them was not measured then. */
  note(at: number, agents: readonly SimulatedAgent[]): void;
  buckets(
    agent: SimulatedAgent,
    session: SimulatedSession,
    from: number,
    until: number,
  ): readonly SimulatedBucket[];
}

/** PingPlotter stores more; a demo does not show more. */
const lifetimeMs = 8 * 24 * 60 * 60_000;
/** A note stands for the buckets up to the next one. */
const noteMs = 15 * 60_000;
/** PingPlotter's default time between two samples is 2.5 s. */
const packetsPerBucket = 120;

export const createTraces = (now: () => number): Traces => {
  /** By session and bucket: the score, 0–100. */
  const noted = new Map<string, Map<number, number>>();
  let since = Number.POSITIVE_INFINITY;

  const notedAt = (scores: ReadonlyMap<number, number>, at: number): number | undefined => {
    for (let before = at; before > at - noteMs; before -= bucketMs) {
      const score = scores.get(before);
      if (score !== undefined) return score;
    }
    return undefined;
  };

  const scoreAt = (session: SimulatedSession, at: number): number | undefined => {
    const scores = noted.get(session.id);
    return scores === undefined || at < since ? usualScore(session) : notedAt(scores, at);
  };

  return {
    note: (at, agents) => {
      since = Math.min(since, bucketOf(at));
      for (const { sessions, online } of agents)
        for (const session of sessions) {
          const score = scoreOf(session);
          if (!online || !isMeasured(session) || score === undefined) continue;
          const scores = noted.get(session.id) ?? new Map<number, number>();
          noted.set(session.id, scores);
          // The worst of a bucket counts, so that none gets lost.
          const bucket = bucketOf(at);
          scores.set(bucket, Math.min(score, scores.get(bucket) ?? 100));
          scores.delete(bucket - lifetimeMs);
        }
    },
    buckets: (agent, session, from, until) => {
      const end = Math.min(until, now(), measuredUntil(agent, session));
      const found: SimulatedBucket[] = [];
      const begin = Math.max(from, agent.createdAt, now() - 3 * 365 * 24 * 60 * 60_000);
      for (let at = bucketOf(begin); at < end; at += bucketMs) {
        const score = scoreAt(session, at);
        if (score !== undefined) found.push(bucketFor(session, at, score, end));
      }
      return found;
    },
  };
};

const bucketOf = (at: number): number => Math.floor(at / bucketMs) * bucketMs;

const scoreOf = ({ readings }: SimulatedSession): number | undefined =>
  readings.length === 0 ? undefined : Math.min(...readings.map(({ score }) => score));

const usualScore = ({ readings }: SimulatedSession): number =>
  Math.min(95, ...readings.map(({ usual }) => usual));

const measuredUntil = (
  { online, lastMessageAt }: SimulatedAgent,
  session: SimulatedSession,
): number => {
  if (online && isMeasured(session)) return Number.POSITIVE_INFINITY;
  const last = Math.max(0, ...session.readings.map(({ measuredAt = 0 }) => measuredAt));
  return last || (lastMessageAt ?? 0);
};

/** The points below 100 are shared among latency, jitter and loss; the running bucket has fewer packets. */
const bucketFor = (
  session: SimulatedSession,
  at: number,
  score: number,
  end: number,
): SimulatedBucket => {
  const random = createRandom(seedOf(session.id) + at / bucketMs);
  const { sensitivity } = definitionOf(session.readings[0]?.definitionId ?? '');
  const trouble = Math.max(0, 96 - score) / sensitivity;
  const sent = Math.round(packetsPerBucket * Math.min(1, (end - at) / bucketMs));
  const lossShare = Math.max(0, trouble - 12) / 300;
  return {
    at,
    latencyMs: tenth(18 + trouble * 2.2 + random() * 6),
    jitterMs: tenth(1 + trouble * 0.5 + random() * 2),
    sent,
    lost: Math.min(sent, Math.floor(sent * lossShare + random() * lossShare * 10)),
  };
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

const seedOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
