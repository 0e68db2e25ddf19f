import { agentIds } from '../features/fleet/domain/agent-view.ts';
import type { AgentObservation, ObservedFleet } from '../features/fleet/domain/observation.ts';
import { isDevice } from '../features/fleet/domain/snapshot.ts';
import type { PollResult, ReadPoll } from '../features/health/domain/outage.ts';
import { hasNoUsableReading } from '../features/health/domain/picture.ts';
import type { Agent, AgentId } from '../platform/agent.ts';
import { asAppError, type ErrorCode } from '../platform/errors.ts';
import type { Statuses } from '../platform/pingplotter.ts';
import { optional } from '../shared/optional.ts';
import type { Findings } from './commit.ts';
import { observeDevices } from './observe.ts';
import type { MonitorPorts, MonitorState } from './state.ts';

/** The whole fleet as PingPlotter has it. */
interface FetchedFleet {
  readonly ok: true;
  readonly others: readonly Agent[];
  readonly devices: readonly Agent[];
  readonly statuses: Statuses;
  /** Why there are none: the agents are known all the same. */
  readonly noStatuses?: ErrorCode;
  readonly skipped: number;
  /** By the monotonic clock. */
  readonly readAt: number;
}

export type Failed = Extract<PollResult, { readonly ok: false }>;

/** The fleet as it was read, with all that is known of its sessions. */
export interface FleetRead extends FetchedFleet {
  readonly seen: NonNullable<Findings['seen']>;
  readonly fleet: ObservedFleet;
}

/** Reads all agents and their statuses. Rejects when it was stopped, and when the store is not there. */
export const readFleet = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  now: number,
  signal: AbortSignal,
): Promise<FleetRead | Failed> => {
  const read = await fetchFleet(ports, signal);
  signal.throwIfAborted();
  if (!read.ok) return read;
  const { observations, seen } = await observeDevices(ports, monitorState, read, now);
  const fleet = {
    observations,
    takenAt: now,
    readAt: read.readAt,
    skipped: read.skipped,
    ...optional('noScores', scoresMissing(read)),
    ...optional('noScoresOf', read.statuses.unread?.agents.size),
  };
  return { ...read, seen, fleet };
};

const fetchFleet = async (
  ports: MonitorPorts,
  signal: AbortSignal,
): Promise<FetchedFleet | Failed> => {
  const api = ports.pingPlotter(ports.account);
  const readAt = ports.clock.monotonic();
  try {
    const { agents, skipped } = await api.agents({}, signal);
    const devices = agents.filter(isDevice);
    const others = agents.filter((agent) => !isDevice(agent));
    const found = await readStatuses(ports, agentIds(devices), signal);
    return { ok: true, devices, others, skipped, readAt, ...found };
  } catch (error) {
    if (!signal.aborted) ports.log.warn('poll.failed', { error });
    return { ok: false, code: asAppError(error).code };
  }
};

/** A key that is refused fails the whole poll; all else hides no agent. */
const readStatuses = async (
  ports: MonitorPorts,
  ids: readonly AgentId[],
  signal: AbortSignal,
): Promise<Pick<FetchedFleet, 'statuses' | 'noStatuses'>> => {
  try {
    const statuses = await ports.pingPlotter(ports.account).status(ids, signal);
    if (statuses.unread !== undefined) {
      const { code, agents } = statuses.unread;
      ports.log.warn('poll.scores-failed', { code, agents: agents.size });
    }
    return { statuses };
  } catch (error) {
    const { code } = asAppError(error);
    if (code === 'key-wrong' || signal.aborted) throw error;
    ports.log.warn('poll.scores-failed', { error });
    return { statuses: new Map(), noStatuses: code };
  }
};

/** Why the fleet could not be read whole. */
export const scoresMissing = ({ noStatuses, statuses }: FetchedFleet): ErrorCode | undefined =>
  noStatuses ?? statuses.unread?.code;

export const unmeasuredIn = (
  { noStatuses }: FetchedFleet,
  observations: readonly AgentObservation[],
): ReadPoll['unmeasured'] => {
  if (noStatuses !== undefined) return { why: 'statuses', code: noStatuses };
  return hasNoUsableReading(observations) ? { why: 'no-fresh' } : undefined;
};
