import {
  bucketMs,
  type TraceData,
  type TracePeriod,
  type TracePoint,
} from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import { dateOf, list, number, record } from './fields.ts';

/**
 * The buckets of a period. They may come in any order, twice, with gaps, or before and after what was asked for; one
 * that cannot be read is left out.
 */
export const readTrace =
  ({ from, until }: TracePeriod) =>
  (body: unknown): TraceData | undefined => {
    const wire = record(body);
    const entries = list(wire?.['Data']);
    if (wire === undefined || entries === undefined) return undefined;
    const points = new Map<number, TracePoint>();
    for (const entry of entries) {
      const point = readPoint(entry);
      if (point === undefined || point.at <= from - bucketMs || point.at >= until) continue;
      const known = points.get(point.at);
      // The running bucket grows: of two, the one that counted more is the newer one.
      if (known === undefined || point.sent >= known.sent) points.set(point.at, point);
    }
    return {
      ...optional('earliest', dateOf(wire['EarliestDatapoint'])),
      points: [...points.values()].sort((a, b) => a.at - b.at),
    };
  };

const readPoint = (entry: unknown): TracePoint | undefined => {
  const wire = record(entry);
  const at = dateOf(wire?.['Timestamp']);
  if (wire === undefined || at === undefined) return undefined;
  const sent = count(wire['PacketsSent']);
  const lost = Math.min(sent, count(wire['PacketsLost']));
  // Without an answer there is no time that it took, whatever stands there.
  const ms = (value: unknown): number | undefined => (lost < sent ? duration(value) : undefined);
  return {
    at: Math.floor(at / bucketMs) * bucketMs,
    sent,
    lost,
    ...optional('latencyMs', ms(wire['AverageLatency'])),
    ...optional('lowestMs', ms(wire['MinimumLatency'])),
    ...optional('highestMs', ms(wire['MaximumLatency'])),
    ...optional('jitterMs', ms(wire['Jitter'])),
  };
};

const count = (value: unknown): number => Math.max(0, Math.floor(number(value) ?? 0));

const duration = (value: unknown): number | undefined => {
  const ms = number(value);
  return ms === undefined || ms < 0 ? undefined : ms;
};
