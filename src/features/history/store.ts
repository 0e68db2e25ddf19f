import type { AgentId, QualityWord, SessionId } from '../../platform/agent.ts';
import type { SamplePeriod } from '../../platform/conversation.ts';
import type { QuarterBits } from './domain/quarters.ts';
import type { VisitHour } from './domain/rolled-hour.ts';

export interface Sample {
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
  readonly at: number;
  readonly word: QualityWord;
  /** 0–100 */
  readonly score?: number | undefined;
}

/** Whose samples they are: one object for each session of a pass. */
export interface SampledSession {
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
}

/** Gets each sample of a stretch, oldest first; the score is NaN where there is none. */
export type VisitSample = (at: number, score: number) => void;

/**
 * Many samples as stretches: samples of one session in a row with one word, each at most a quarter of an hour
 * after the one before. Most of a fleet is Good all day, and so a few numbers stand for a thousand samples. As
 * columns, the same place in each; read them before the next batch is asked for. Iterating gives each sample.
 */
export interface SampleBatch extends Iterable<Sample> {
  readonly length: number;
  readonly sessions: readonly SampledSession[];
  /** Of the first sample, ms since 1970. */
  readonly begins: Float64Array;
  /** Of the last sample, ms since 1970. */
  readonly ends: Float64Array;
  /** Places in `sampleWords`. */
  readonly words: Uint8Array;
  /** The lowest score, NaN = none. */
  readonly lowest: Float64Array;
  visit(place: number, visit: VisitSample): void;
}

export interface Samples {
  /** `thinned` = at most one of each session for each quarter of an hour, so that nothing is left to thin. */
  add(account: string, samples: readonly Sample[], thinned?: 'thinned'): Promise<void>;
  /** Oldest first, `from` included, `until` not. Older than a day: the worst of each quarter of an hour. */
  list(account: string, agentId: AgentId, from: number, until: number): Promise<readonly Sample[]>;
  /**
   * The same of many agents in one pass: page by page, oldest first within each session, with turns for
   * others in between; a page may be empty. Fold each as it comes: all of them may fill the memory.
   */
  pages(account: string, period: SamplePeriod): AsyncIterable<SampleBatch>;
}

/**
 * Scores by the hour, for 90 days. The store makes them of samples as it packs these, up to six hours and a bit after
 * they were measured (domain/rolled-hour.ts).
 */
export interface RollUps {
  /**
   * Visits the hours that begin in the period, in one pass, with turns for others in between: ask once for all agents,
   * not for each. The days of a session come in the order of time.
   */
  visit(account: string, period: SamplePeriod, visit: VisitHour): Promise<void>;
}

/** Who was online, by quarters of an hour since 1970 in UTC (domain/quarters.ts). */
export interface PresenceRead {
  /** The first quarter of the period. */
  readonly from: number;
  /** The first one after it. */
  readonly until: number;
  /**
   * The quarters in which the bot itself saw the fleet. In any other nobody knows who was online: an agent without
   * its bit there was not absent.
   */
  readonly polled: QuarterBits;
  /**
   * Set where the first whole poll of a quarter found the agent online. An agent that never was in this period is
   * missing; one that came later, or was not an agent yet, has no bits before.
   */
  readonly agents: ReadonlyMap<AgentId, QuarterBits>;
}

/** Who was online in the last 60 days. The monitor writes it with its polls, whatever is watched. */
export interface Presence {
  /**
   * Notes a whole poll of the fleet. One in each quarter of an hour is enough; a second one adds those that it
   * found online.
   */
  mark(account: string, at: number, online: ReadonlySet<AgentId>): Promise<void>;
  /**
   * In one pass over what is stored, with turns for others in between: ask once for all agents, not for each. The
   * period is extended to whole quarters.
   */
  read(account: string, period: SamplePeriod): Promise<PresenceRead>;
}
