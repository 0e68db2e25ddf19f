import type { Agent, AgentStatus, LastSeen } from '../platform/agent.ts';
import type { Clock } from '../platform/clock.ts';
import type { TraceData } from '../platform/trace.ts';
import { optional } from '../shared/optional.ts';

/** Clocks that differ by less count as the same: answers take their time, and dates in headers have no fractions. */
const mostOffMs = 60_000;
/** Answers are not equally quick: a new measure within this is the old one, so that times do not jitter. */
const jitterMs = 10_000;
/** A date in a header leaves out half a second on average. */
const roundedOffMs = 500;

/** How far this machine's clock is ahead of PingPlotter's, by the dates of its answers. */
export interface ServerClock {
  note(serverAt: number | undefined): void;
  /** 0 while they agree within a minute. */
  aheadMs(): number;
}

export const createServerClock = (
  clock: Pick<Clock, 'now'>,
  onChange: (aheadMs: number) => void = () => {},
): ServerClock => {
  let ahead = 0;
  return {
    note: (serverAt) => {
      if (serverAt === undefined) return;
      const measured = clock.now() - serverAt - roundedOffMs;
      const now = Math.abs(measured) < mostOffMs ? 0 : Math.round(measured);
      if (now === ahead || (now !== 0 && Math.abs(now - ahead) < jitterMs)) return;
      ahead = now;
      onChange(ahead);
    },
    aheadMs: () => ahead,
  };
};

const moved = <T extends LastSeen>(at: T, byMs: number): T | number =>
  typeof at === 'number' ? at + byMs : at;

/** The same agent with its times by this machine's clock, by which everything else is judged. */
export const agentByOurClock = (agent: Agent, aheadMs: number): Agent =>
  aheadMs === 0
    ? agent
    : {
        ...agent,
        lastSeen: moved(agent.lastSeen, aheadMs),
        createdAt: moved(agent.createdAt, aheadMs),
        deletedAt: moved(agent.deletedAt, aheadMs),
      };

export const statusByOurClock = (status: AgentStatus, aheadMs: number): AgentStatus =>
  aheadMs === 0
    ? status
    : {
        ...status,
        lastSeen: moved(status.lastSeen, aheadMs),
        targets: status.targets.map((target) => ({
          ...target,
          readings: target.readings.map((reading) => ({
            ...reading,
            measuredAt: moved(reading.measuredAt, aheadMs),
          })),
        })),
      };

/** Buckets then begin where ours do not, if the clocks differ by other than whole minutes. */
export const traceByOurClock = (trace: TraceData, aheadMs: number): TraceData =>
  aheadMs === 0
    ? trace
    : {
        ...optional('earliest', moved(trace.earliest, aheadMs)),
        points: trace.points.map((point) => ({ ...point, at: point.at + aheadMs })),
      };
