import { bucketMs, type TracePeriod } from '../../../platform/trace.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** How far back history goes. */
export const historySpans = ['24h', '7d', '30d'] as const;
export type HistorySpan = (typeof historySpans)[number];

const spans: Readonly<Record<HistorySpan, { readonly ms: number; readonly stepMs: number }>> = {
  '24h': { ms: dayMs, stepMs: hourMs },
  '7d': { ms: 7 * dayMs, stepMs: 6 * hourMs },
  '30d': { ms: 30 * dayMs, stepMs: dayMs },
};

export interface HistoryPeriod extends TracePeriod {
  readonly span: HistorySpan;
  /** The period before, of the same length, ends where this one begins. */
  readonly beforeFrom: number;
  /** What one point of a chart stands for. */
  readonly stepMs: number;
}

/** It begins with a whole bucket, so that none counts in part. */
export const historyPeriod = (span: HistorySpan, now: number): HistoryPeriod => {
  const { ms, stepMs } = spans[span];
  const from = Math.floor((now - ms) / bucketMs) * bucketMs;
  return { span, from, until: now, beforeFrom: from - ms, stepMs };
};
