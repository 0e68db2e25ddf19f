import type { SimulatedBucket, Traces } from '../trace.ts';
import { wireDate } from '../wire/agent.ts';
import type { World } from '../world.ts';
import { TraceQuery } from './input.ts';
import { Refusal, type Route } from './route.ts';
import { sessionOr404 } from './session-routes.ts';

const windowMs = 10 * 60_000;
const yearMs = 365 * 24 * 60 * 60_000;
/** Of one session, in ten minutes. */
const mostMs = 3 * yearMs;

export const traceRoutes = (world: World, traces: Traces, now: () => number): readonly Route[] => {
  const allow = createAllowance(now);
  return [
    {
      method: 'GET',
      path: '/session-trace-data/{id}/points',
      permission: 'TraceData',
      run: ({ id, query }) => {
        const { startTime, endTime } = query(TraceQuery);
        const { agent, session } = sessionOr404(world, id);
        allow(id, Math.max(0, Math.min(endTime, now()) - startTime));
        const buckets = session.trace ?? traces.buckets(agent, session, startTime, endTime);
        return {
          EarliestDatapoint: wireDate(agent.createdAt || buckets[0]?.at),
          LatestDatapoint: wireDate(buckets.at(-1)?.at),
          SessionId: session.id,
          AgentUniqueId: agent.id,
          AgentName: agent.name,
          TargetName: session.description,
          Data: buckets
            .filter(({ at }) => at > startTime - 5 * 60_000 && at < endTime)
            .map(bucketToWire),
        };
      },
    },
  ];
};

const bucketToWire = ({ at, latencyMs, jitterMs, sent, lost }: SimulatedBucket) => ({
  Timestamp: wireDate(at),
  AverageLatency: sent > lost ? latencyMs : 0,
  MinimumLatency: sent > lost ? latencyMs * 0.8 : 0,
  MaximumLatency: sent > lost ? latencyMs * 1.6 : 0,
  Jitter: jitterMs,
  PacketsSent: sent,
  PacketsLost: lost,
});

/** Over the limit it throws, with the moment from which there is room again. */
const createAllowance = (now: () => number) => {
  const reads = new Map<string, readonly { readonly at: number; readonly ms: number }[]>();
  return (session: string, ms: number): void => {
    const recent = (reads.get(session) ?? []).filter(({ at }) => at > now() - windowMs);
    const used = recent.reduce((sum, read) => sum + read.ms, 0);
    if (used + ms > mostMs) {
      const seconds = Math.ceil(((recent[0]?.at ?? now()) + windowMs - now()) / 1000);
      throw new Refusal(429, `${Math.round(used / yearMs)} years were read already.`, {
        'Retry-After': String(seconds),
      });
    }
    reads.set(session, [...recent, { at: now(), ms }]);
  };
};
