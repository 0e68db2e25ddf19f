import { bucketMs, type TracePeriod, type TracePoint } from '../../../platform/trace.ts';
import { optional } from '../../../shared/optional.ts';

/** From this share of lost packets on a bucket is no good time (contract, History): 2 %. */
export const badLoss = 0.02;

/** Bad buckets in a row. One without packets ends it: nobody knows how it was. */
export interface BadWindow {
  /** Where its first bucket begins and its last one ends, ms since 1970. */
  readonly from: number;
  readonly until: number;
  readonly sent: number;
  readonly lost: number;
  /** In at least one bucket nothing came back. */
  readonly outage: boolean;
}

export interface TraceSummary {
  readonly sent: number;
  readonly lost: number;
  /** Of the packets that came back, each counts the same. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Buckets with packets, and those of them that were good. */
  readonly measured: number;
  readonly good: number;
  /** Time without packets, since PingPlotter has data of the session. */
  readonly silentMs: number;
  /** Oldest first. */
  readonly windows: readonly BadWindow[];
}

export const isGood = ({ sent, lost }: TracePoint): boolean => lost < sent * badLoss;

/** Sums up the buckets of a period, which are in the order of time. `earliest` = the first that there is at all. */
export const summarizeTrace = (
  points: readonly TracePoint[],
  { from, until }: TracePeriod,
  earliest?: number,
): TraceSummary => {
  const within = points.filter(({ at, sent }) => at >= from && at < until && sent > 0);
  const measuredMs = within.reduce((sum, { at }) => sum + Math.min(bucketMs, until - at), 0);
  const begin = Math.min(until, Math.max(from, earliest ?? from));
  return {
    sent: total(within, ({ sent }) => sent),
    lost: total(within, ({ lost }) => lost),
    ...optional(
      'latencyMs',
      meanOf(within, ({ latencyMs }) => latencyMs),
    ),
    ...optional(
      'jitterMs',
      meanOf(within, ({ jitterMs }) => jitterMs),
    ),
    measured: within.length,
    good: within.filter(isGood).length,
    silentMs: Math.max(0, until - begin - measuredMs),
    windows: windowsOf(within, until),
  };
};

const total = (points: readonly TracePoint[], of: (point: TracePoint) => number): number =>
  points.reduce((sum, point) => sum + of(point), 0);

/** By packets, not by buckets: a bucket of ten packets weighs less than one of a hundred. */
const meanOf = (
  points: readonly TracePoint[],
  of: (point: TracePoint) => number | undefined,
): number | undefined => {
  let [sum, packets] = [0, 0];
  for (const point of points) {
    const value = of(point);
    if (value === undefined) continue;
    sum += value * (point.sent - point.lost);
    packets += point.sent - point.lost;
  }
  return packets === 0 ? undefined : sum / packets;
};

const windowsOf = (points: readonly TracePoint[], now: number): readonly BadWindow[] => {
  const windows: BadWindow[] = [];
  for (const point of points) {
    if (isGood(point)) continue;
    const { at, sent, lost } = point;
    const until = Math.min(at + bucketMs, now);
    const last = windows.at(-1);
    const goesOn = last !== undefined && last.until === at;
    const window = {
      from: goesOn ? last.from : at,
      until,
      sent: sent + (goesOn ? last.sent : 0),
      lost: lost + (goesOn ? last.lost : 0),
      outage: lost === sent || (goesOn && last.outage),
    };
    if (goesOn) windows[windows.length - 1] = window;
    else windows.push(window);
  }
  return windows;
};

/** 0–1; nothing where no packet was sent. */
export const lossOf = ({ sent, lost }: Pick<TraceSummary, 'sent' | 'lost'>): number | undefined =>
  sent === 0 ? undefined : lost / sent;

/** The share of good time, 0–1; nothing where nothing was measured. */
export const goodShare = ({
  good,
  measured,
}: Pick<TraceSummary, 'good' | 'measured'>): number | undefined =>
  measured === 0 ? undefined : good / measured;

/** Of all that are bad those that lost the most: never only the worst moments. */
export const byLost = (a: BadWindow, b: BadWindow): number => b.lost - a.lost || a.from - b.from;

/** What one point of a chart stands for. */
export interface TraceStep {
  /** Where it begins, ms since 1970. */
  readonly at: number;
  readonly latencyMs?: number;
  /** 0–1 */
  readonly loss: number;
}

/** The same by steps of equal length; those without packets are left out. */
export const traceSteps = (
  points: readonly TracePoint[],
  { from, until }: TracePeriod,
  stepMs: number,
): readonly TraceStep[] => {
  const steps = new Map<number, TracePoint[]>();
  for (const point of points) {
    if (point.at < from || point.at >= until || point.sent === 0) continue;
    const at = from + Math.floor((point.at - from) / stepMs) * stepMs;
    const step = steps.get(at);
    if (step === undefined) steps.set(at, [point]);
    else step.push(point);
  }
  return [...steps].map(([at, inside]) => ({
    at,
    loss: total(inside, ({ lost }) => lost) / total(inside, ({ sent }) => sent),
    ...optional(
      'latencyMs',
      meanOf(inside, ({ latencyMs }) => latencyMs),
    ),
  }));
};
