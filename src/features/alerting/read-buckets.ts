import type { SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { inSlices } from '../../platform/slices.ts';
import { bucketMs, type TracePoint } from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentObservation } from '../fleet/domain/observation.ts';
import { staleAfterMs } from '../fleet/domain/quality.ts';
import { mostLimitedSessions } from '../watches/domain/limits.ts';
import type { StateIndex } from './domain/alert-states.ts';
import { type NewestBuckets, newestBucket } from './domain/limit-rule.ts';
import type { WatchPlan } from './domain/watch-plan.ts';

export interface BucketPorts {
  readonly account: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
}

/** Calls of one poll, for all watches together; more sessions take turns. */
const mostReads = 600;
const width = 8;
/** No read begins later than that; one that is under way ends by the deadline of every call. */
const patienceMs = 10_000;
/** From so many in a row on PingPlotter does not answer now. */
const mostSilent = 2 * width;

const silent: ReadonlySet<ErrorCode> = new Set(['timeout', 'unreachable', 'unavailable']);
/** What one session is refused, all are. */
const forAll: ReadonlySet<ErrorCode> = new Set(['permission-missing', 'key-wrong']);

/**
 * The newest bucket with packets of every session that a watch with limits follows, each read once. What cannot be
 * read is left out and counted in the log: it teaches nothing, and the poll goes on.
 */
export const readBuckets = async (
  ports: BucketPorts,
  plan: WatchPlan,
  book: Pick<StateIndex, 'ofWatch'>,
  observations: readonly AgentObservation[],
  now: number,
  signal: AbortSignal,
): Promise<NewestBuckets> => {
  const { account, clock, log, pingPlotter, pollSeconds } = ports;
  const { sessions, over } = await limitedSessions(plan, book, observations);
  const due = inTurn(sessions, Math.floor(now / (pollSeconds * 1000)));
  const found = new Map<SessionId, TracePoint>();
  if (due.length === 0) return found;
  const api = pingPlotter(account);
  const period = { from: now - staleAfterMs(pollSeconds) - bucketMs, until: now };
  const endsAt = clock.monotonic() + patienceMs;
  let next = 0;
  let failed = 0;
  let inARow = 0;
  let code: ErrorCode | undefined;
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver && !signal.aborted && clock.monotonic() <= endsAt) {
      const session = due[next];
      if (session === undefined) return;
      next += 1;
      try {
        const bucket = newestBucket((await api.trace(session, period, signal)).points);
        inARow = 0;
        if (bucket !== undefined) found.set(session, bucket);
      } catch (error) {
        const failure = asAppError(error).code;
        failed += 1;
        code ??= failure;
        inARow = silent.has(failure) ? inARow + 1 : 0;
        isOver ||= forAll.has(failure) || inARow >= mostSilent;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  const unread = failed + sessions.length - next;
  if (!signal.aborted && unread + over > 0)
    log.warn('poll.limits-unread', { sessions: unread + over, ...optional('code', code) });
  return found;
};

/** Each once, at most so many of a watch; `over` counts those beyond. */
const limitedSessions = async (
  plan: WatchPlan,
  book: Pick<StateIndex, 'ofWatch'>,
  observations: readonly AgentObservation[],
): Promise<{ readonly sessions: readonly SessionId[]; readonly over: number }> => {
  const sessions = new Set<SessionId>();
  const counts = new Map<string, number>();
  let over = 0;
  const isLimited = ({ watches }: WatchPlan['groups'][number]): boolean =>
    watches.some(({ limits }) => limits !== undefined);
  if (!plan.groups.some(isLimited)) return { sessions: [], over };
  await inSlices(observations, (observation) => {
    const { agent } = observation.facts;
    if (!agent.online) return;
    for (const group of plan.groupsOf(observation).about) {
      if (!isLimited(group)) continue;
      const isMet = group.meets?.(observation.view) ?? true;
      const theirs = observation.view.sessions.filter(({ state }) => state !== 'paused');
      for (const { id, limits } of group.watches) {
        if (limits === undefined || (!isMet && !book.ofWatch(id).has(agent.id))) continue;
        const count = counts.get(id) ?? 0;
        const room = theirs.slice(0, Math.max(0, mostLimitedSessions - count));
        for (const session of room) sessions.add(session.id);
        counts.set(id, count + room.length);
        over += theirs.length - room.length;
      }
    }
  });
  return { sessions: [...sessions], over };
};

/** A part of them, another one at each poll. */
const inTurn = (sessions: readonly SessionId[], turn: number): readonly SessionId[] => {
  if (sessions.length <= mostReads) return sessions;
  const first = (turn * mostReads) % sessions.length;
  return [...sessions.slice(first), ...sessions.slice(0, first)].slice(0, mostReads);
};
