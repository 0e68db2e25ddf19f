import { LRUCache } from 'lru-cache';
import type { SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import {
  bucketMs,
  type TraceData,
  type TracePeriod,
  type TracePoint,
} from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';

/** Trace data, each bucket of which is asked for once. */
export interface TraceReader {
  /** Rejects as PingPlotter does. */
  read(account: string, session: SessionId, period: TracePeriod): Promise<TraceData>;
}

/** What was read of a session. No bucket is missing between `from` and `until`. */
interface ReadTrace extends TracePeriod {
  readonly earliest: number | undefined;
  /** Oldest first. */
  readonly points: readonly TracePoint[];
}

/** Of all sessions together: some 20 MB, a dozen targets of two months or several hundred of two days. */
const mostPoints = 200_000;

/** The running bucket still grows, and the one before may have been read while it ran. */
const growingFrom = (now: number): number => (Math.floor(now / bucketMs) - 1) * bucketMs;

export const createTraceReader = ({
  pingPlotter,
  clock,
}: {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly clock: Pick<Clock, 'now'>;
}): TraceReader => {
  const known = new LRUCache<string, ReadTrace>({
    maxSize: mostPoints,
    sizeCalculation: ({ points }) => points.length + 1,
  });
  /** Who asks for the same session meanwhile waits, and then finds it read. */
  const asking = new Map<string, Promise<unknown>>();

  const read = async (
    key: string,
    fetch: (period: TracePeriod) => Promise<TraceData>,
    wanted: TracePeriod,
  ): Promise<TraceData> => {
    const before = known.get(key);
    const gaps = missingIn(before, wanted);
    let trace = before;
    for (const gap of gaps) trace = joined(trace, gap, await fetch(gap));
    if (trace === undefined) return { points: [] };
    known.set(key, settled(trace, growingFrom(clock.now())));
    return {
      ...optional('earliest', trace.earliest),
      points: trace.points.filter(({ at }) => at > wanted.from - bucketMs && at < wanted.until),
    };
  };

  return {
    read: async (account, session, period) => {
      const key = JSON.stringify([account, session]);
      // The signal of one turn must not take the buckets from another that waits for them.
      const fetch = (gap: TracePeriod) => pingPlotter(account).trace(session, gap);
      const turn = (asking.get(key) ?? Promise.resolve())
        .catch(() => {})
        .then(() => read(key, fetch, period));
      asking.set(key, turn);
      try {
        return await turn;
      } finally {
        if (asking.get(key) === turn) asking.delete(key);
      }
    },
  };
};

/** One call each; a period that does not touch what is known is read up to it. */
const missingIn = (
  known: ReadTrace | undefined,
  { from, until }: TracePeriod,
): readonly TracePeriod[] =>
  known === undefined
    ? [{ from, until }]
    : [
        ...(from < known.from ? [{ from, until: known.from }] : []),
        ...(until > known.until ? [{ from: known.until, until }] : []),
      ];

const joined = (
  known: ReadTrace | undefined,
  gap: TracePeriod,
  { earliest, points }: TraceData,
): ReadTrace =>
  known === undefined
    ? { ...gap, earliest, points }
    : {
        from: Math.min(known.from, gap.from),
        until: Math.max(known.until, gap.until),
        earliest: earliest ?? known.earliest,
        points:
          gap.from < known.from
            ? [...points.filter(({ at }) => at < known.from), ...known.points]
            : [...known.points, ...points.filter(({ at }) => at >= known.until)],
      };

/**
 * Without what may change. After a reconnect an agent sends what it measured meanwhile, so time without packets at
 * the end is asked for again.
 */
const settled = (trace: ReadTrace, growing: number): ReadTrace => {
  const last = trace.points.findLast(({ at, sent }) => at < growing && sent > 0);
  const until = Math.min(
    trace.until,
    last === undefined ? trace.from : last.at + bucketMs,
    growing,
  );
  return {
    ...trace,
    until: Math.max(trace.from, until),
    points: trace.points.filter(({ at }) => at < until),
  };
};
