import { findClosed } from '../features/alerting/closed-targets.ts';
import { learnFrom } from '../features/alerting/evaluate-fleet.ts';
import { agentIds } from '../features/fleet/domain/agent-view.ts';
import type { AgentObservation } from '../features/fleet/domain/observation.ts';
import {
  isDevice,
  listedOnly,
  marksByIdInSlices,
  takeSnapshot,
} from '../features/fleet/domain/snapshot.ts';
import { type PollResult, type ReadPoll, stepOutage } from '../features/health/domain/outage.ts';
import {
  hasNoUsableReading,
  isSamePicture,
  onlineIds,
  pollResult,
} from '../features/health/domain/picture.ts';
import type { Agent, AgentId, Fleet } from '../platform/agent.ts';
import { asAppError, type ErrorCode } from '../platform/errors.ts';
import type { Statuses } from '../platform/pingplotter.ts';
import { otherTurns } from '../platform/slices.ts';
import { optional } from '../shared/optional.ts';
import { commitFindings, type Fence } from './commit.ts';
import { inventoryOf } from './inventory.ts';
import { agentsLeft } from './left-agents.ts';
import { observeDevices } from './observe.ts';
import type { MonitorRecord } from './record.ts';
import type { MonitorPorts, MonitorState } from './state.ts';

/** The whole fleet as PingPlotter has it. */
interface Read {
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

type Failed = Extract<PollResult, { readonly ok: false }>;

/**
 * One look at the whole fleet: what it teaches every watch is stored together with what people are to
 * be notified of it. A read that fails, or shows nearly everybody gone, says something about the
 * monitor, not about the agents. Rejects when it was stopped, and when the store is not there.
 */
export const poll = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  fence: Fence,
  signal: AbortSignal,
): Promise<MonitorState> => {
  const { clock, log, metrics } = ports;
  const now = clock.now();
  const begunAt = clock.monotonic();
  const read = await readFleet(ports, signal);
  signal.throwIfAborted();
  const polled = read.ok
    ? await learnFromFleet(ports, monitorState, read, now, fence, signal)
    : await noteFailure(ports, monitorState, read, now, fence);
  const outcome = read.ok ? (read.noStatuses ?? 'read') : read.code;
  const ms = Math.round(clock.monotonic() - begunAt);
  metrics.poll(outcome, ms / 1000, ports.account);
  log.info('poll.done', { outcome, ms, ...(read.ok ? { agents: read.devices.length } : {}) });
  return polled;
};

const readFleet = async (ports: MonitorPorts, signal: AbortSignal): Promise<Read | Failed> => {
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
): Promise<Pick<Read, 'statuses' | 'noStatuses'>> => {
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
const scoresMissing = ({ noStatuses, statuses }: Read): ErrorCode | undefined =>
  noStatuses ?? statuses.unread?.code;

const unmeasuredIn = (
  { noStatuses }: Read,
  observations: readonly AgentObservation[],
): ReadPoll['unmeasured'] => {
  if (noStatuses !== undefined) return { why: 'statuses', code: noStatuses };
  return hasNoUsableReading(observations) ? { why: 'no-fresh' } : undefined;
};

const noteFailure = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  failed: Failed,
  now: number,
  fence: Fence,
): Promise<MonitorState> => {
  const { state: outage, notices } = stepOutage(monitorState.record.blindness, failed, now);
  const record = { ...monitorState.record, blindness: outage, lastAt: now };
  return commitFindings(ports, monitorState, { now, record, notices }, fence);
};

const learnFromFleet = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  read: Read,
  now: number,
  fence: Fence,
  signal: AbortSignal,
): Promise<MonitorState> => {
  const { observations, seen } = await observeDevices(ports, monitorState, read, now);
  const seenFleet: Fleet = {
    agents: [...observations.map(({ facts }) => facts.agent), ...read.others],
    skipped: read.skipped,
  };
  const online = (): ReadonlySet<AgentId> => onlineIds(seenFleet);
  const samePicture =
    monitorState.picture === undefined || isSamePicture(monitorState.picture, online());
  const result: ReadPoll = {
    ...pollResult(monitorState.snapshot, seenFleet),
    samePicture,
    ...optional('unmeasured', unmeasuredIn(read, observations)),
  };
  const step = stepOutage(monitorState.record.blindness, result, now);
  const { state: outage, notices } = step;
  const found = {
    now,
    record: {
      ...monitorState.record,
      blindness: outage,
      lastAt: now,
      ...(scoresMissing(read) === undefined ? { lastGoodAt: now } : {}),
    },
    notices,
    fleet: {
      observations,
      takenAt: now,
      readAt: read.readAt,
      skipped: read.skipped,
      ...optional('noScores', scoresMissing(read)),
      ...optional('noScoresOf', read.statuses.unread?.agents.size),
    },
  };
  const { picture: suspected, anotherAccount, ...noOutage } = monitorState;
  if (outage.blind !== undefined) {
    const picture = samePicture ? (suspected ?? online()) : online();
    return commitFindings(ports, { ...monitorState, picture }, found, fence);
  }
  const known =
    step.accepted && monitorState.snapshot
      ? listedOnly(monitorState.snapshot, seenFleet)
      : monitorState.snapshot;
  await otherTurns();
  const snapshot = takeSnapshot(known, seenFleet, now);
  await otherTurns();
  const marks = await marksByIdInSlices(snapshot);
  const moment = { marks, now, anotherAccount: anotherAccount === true };
  const learned = await learnFrom(
    ports,
    monitorState,
    monitorState.fleet,
    observations,
    moment,
    signal,
  );
  const closed = await findClosed(ports, monitorState, observations, now, signal);
  signal.throwIfAborted();
  const inventory = await inventoryOf(ports, monitorState, {
    observations,
    others: read.others,
    marks,
    now,
  });
  const evaluations = [...learned.evaluations, ...closed];
  const others = new Set(agentIds(read.others));
  const isListed = (agent: AgentId): boolean => marks.has(agent) || others.has(agent);
  await otherTurns();
  const { left, forgotten } =
    read.skipped > 0
      ? { left: found.record.left, forgotten: [] }
      : agentsLeft(found.record.left, monitorState.sessions.keys(), isListed, now);
  await otherTurns();
  return commitFindings(
    ports,
    noOutage,
    {
      ...found,
      record: { ...ofThisSource(ports, found.record), ...optional('left', left) },
      ...learned,
      evaluations,
      seen,
      forgotten,
      inventory,
      snapshot,
      online,
    },
    fence,
  );
};

const ofThisSource = ({ source }: MonitorPorts, record: MonitorRecord): MonitorRecord => ({
  ...record,
  ...optional('source', source),
});
