import type { AgentId, QualityWord, SessionId } from '../../platform/agent.ts';
import type { SamplePeriod } from '../../platform/conversation.ts';

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

/** Many samples as columns, the same place in each; read them before the next batch is asked for. */
export interface SampleBatch extends Iterable<Sample> {
  readonly length: number;
  readonly sessions: readonly SampledSession[];
  readonly times: Float64Array;
  /** Places in `sampleWords`. */
  readonly words: Uint8Array;
  /** NaN = none. */
  readonly scores: Float64Array;
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
