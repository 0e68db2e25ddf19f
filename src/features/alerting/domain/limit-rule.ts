import type { SessionId } from '../../../platform/agent.ts';
import { bucketMs, type TracePoint } from '../../../platform/trace.ts';
import { optional } from '../../../shared/optional.ts';
import { staleAfterMs } from '../../fleet/domain/quality.ts';
import { type LimitKind, type Limits, limitKinds } from '../../watches/domain/limits.ts';
import {
  type AlertState,
  advance,
  firstSeen,
  mostAheadMs,
  type Observation,
  type Over,
  type Shown,
  type Step,
  setBackWithClock,
} from './alert-state.ts';
import { coldAfterMs } from './quality-rule.ts';

export interface LimitRule {
  readonly limits: Limits;
  readonly afterMs?: number;
  readonly pollSeconds: number;
}

/** The newest bucket with packets of each session, as this poll read it. */
export type NewestBuckets = ReadonlyMap<SessionId, TracePoint>;

export interface LimitSample {
  readonly bucket: TracePoint;
  /** How the score is now, for the card. */
  readonly scored: Shown;
  /** When the agent was observed to return, in ms since 1970. Older buckets are backfilled. */
  readonly onlineSince?: number | undefined;
  /** An own change explains a bad bucket now. */
  readonly expected?: boolean | undefined;
}

/** The state of the limits of a session is apart from that of its score, and so is what is in a row. */
const prefix = 'limits of ';
export const limitsKey = (session: SessionId): SessionId => `${prefix}${session}`;
/** The session of a state, whichever of the two it is. */
export const sessionOfState = (key: SessionId): SessionId =>
  key.startsWith(prefix) ? key.slice(prefix.length) : key;

/** Applies what a poll read of a session to one watch. What was measured long ago, or says nothing, changes nothing. */
export const stepLimits = (
  rule: LimitRule,
  before: AlertState | undefined,
  { bucket, scored, onlineSince = 0, expected }: LimitSample,
  now: number,
): Step & { readonly shown?: Shown } => {
  const { afterMs, limits, pollSeconds } = rule;
  const staleMs = staleAfterMs(pollSeconds);
  const endsAt = bucket.at + bucketMs;
  const isBackfilled = endsAt <= onlineSince && onlineSince <= now + mostAheadMs;
  if (isBackfilled || endsAt + staleMs < now) return { state: before };
  const state = before && setBackWithClock(before, now, staleMs);
  // A poll that comes early reads nearly the same packets, which must not count twice.
  if (state !== undefined && now - state.at < (pollSeconds * 1000) / 2) return { state };
  const seen = observe(limits, bucket, scored, now);
  if (seen === undefined || (seen.verdict === 'bad' && expected)) return { state: before };
  const { shown } = seen;
  if (state === undefined) return { state: firstSeen(seen), shown };
  const patience = { ...optional('afterMs', afterMs), coldAfterMs: coldAfterMs({ pollSeconds }) };
  return { ...advance(patience, state, seen), shown };
};

/** Undefined where none of the values is known, such as the latency of packets that were all lost. */
const observe = (
  limits: Limits,
  bucket: TracePoint,
  scored: Shown,
  now: number,
): Observation | undefined => {
  const values = measured(bucket);
  if (limitKinds.every((kind) => limits[kind] === undefined || values[kind] === undefined))
    return undefined;
  const over = overLimits(limits, values);
  if (over.length === 0) return { at: now, verdict: 'good', shown: scored };
  // By itself the score is no news here: only Poor is said beside the limit.
  const shown: Shown = scored.word === 'poor' ? { ...scored, over } : { word: 'unknown', over };
  return { at: now, verdict: 'bad', shown };
};

const measured = ({ sent, lost, latencyMs, jitterMs }: TracePoint): Limits => ({
  ...optional('latency', latencyMs),
  ...optional('jitter', jitterMs),
  ...(sent > 0 ? { loss: (100 * lost) / sent } : {}),
});

const overLimits = (limits: Limits, values: Limits): readonly Over[] =>
  limitKinds.flatMap((what: LimitKind) => {
    const [limit, value] = [limits[what], values[what]];
    return limit !== undefined && value !== undefined && value > limit
      ? [{ what, value, limit }]
      : [];
  });

/** The newest one that has packets. */
export const newestBucket = (points: readonly TracePoint[]): TracePoint | undefined =>
  points.findLast(({ sent }) => sent > 0);
