import type { AgentId, SessionId } from './agent.ts';

/** PingPlotter gives trace data in buckets of five minutes. */
export const bucketMs = 5 * 60_000;

/** One bucket of a session. A value that PingPlotter does not tell is left out. */
export interface TracePoint {
  /** The start of the bucket, ms since 1970. */
  readonly at: number;
  /** Of the packets that came back. */
  readonly latencyMs?: number;
  readonly lowestMs?: number;
  readonly highestMs?: number;
  readonly jitterMs?: number;
  readonly sent: number;
  /** At most as many as were sent. */
  readonly lost: number;
}

export interface TracePeriod {
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
}

export interface TraceData {
  /** The first bucket that PingPlotter has of the session, ms since 1970. */
  readonly earliest?: number;
  /** Oldest first, each bucket once. Buckets in which nothing was measured may be missing, or have no packets. */
  readonly points: readonly TracePoint[];
}

/** What an existing LiveShare shows. */
export interface ListedLiveShare {
  readonly id: string;
  readonly url: string;
  readonly about: 'agent' | 'session';
  /** The id of the agent or the session. */
  readonly entity: AgentId | SessionId;
}

export interface LiveShareDraft {
  readonly session: SessionId;
  readonly description: string;
  /** Such as the number of a case. */
  readonly notes: string;
  /** ms since 1970 */
  readonly expiresAt: number;
}

/** A link that shows a session to whoever has it. */
export interface LiveShare {
  readonly id: string;
  readonly url: string;
  /** ms since 1970 */
  readonly expiresAt?: number;
}
