import { findClosed } from '../features/alerting/closed-targets.ts';
import { learnFrom } from '../features/alerting/evaluate-fleet.ts';
import { agentIds } from '../features/fleet/domain/agent-view.ts';
import {
  isDevice,
  listedOnly,
  marksById,
  takeSnapshot,
} from '../features/fleet/domain/snapshot.ts';
import {
  isSamePicture,
  onlineIds,
  type SweepResult,
  stepBlindness,
  sweepResult,
} from '../features/health/domain/outage.ts';
import type { Agent, AgentId, AgentStatus, Fleet } from '../platform/agent.ts';
import { asAppError } from '../platform/errors.ts';
import { optional } from '../shared/optional.ts';
import { commitFindings, type Fence } from './commit.ts';
import { sightDevices } from './observe.ts';
import type { MonitorRecord } from './record.ts';
import type { Memory, MonitorPorts } from './state.ts';

/** The whole fleet as PingPlotter tells it. */
interface Read {
  readonly ok: true;
  readonly others: readonly Agent[];
  readonly devices: readonly Agent[];
  readonly statuses: ReadonlyMap<AgentId, AgentStatus>;
  readonly skipped: number;
}

type Failed = Extract<SweepResult, { readonly ok: false }>;

/**
 * One look at the whole fleet: what it teaches every watch is stored together with what people are to
 * be told of it. A read that fails, or shows nearly everybody gone, says something about the
 * monitor, not about the agents. Rejects when it was stopped, and when the store is not there.
 */
export const sweep = async (
  ports: MonitorPorts,
  memory: Memory,
  fence: Fence,
  signal: AbortSignal,
): Promise<Memory> => {
  const { clock, log, metrics } = ports;
  const now = clock.now();
  const read = await readFleet(ports, signal);
  signal.throwIfAborted();
  const swept = read.ok
    ? await learnFromFleet(ports, memory, read, now, fence, signal)
    : await noteFailure(ports, memory, read, now, fence);
  const outcome = read.ok ? 'read' : read.code;
  const ms = clock.now() - now;
  metrics.sweep(outcome, ms / 1000);
  log.info('sweep', { outcome, ms, ...(read.ok ? { agents: read.devices.length } : {}) });
  return swept;
};

const readFleet = async (ports: MonitorPorts, signal: AbortSignal): Promise<Read | Failed> => {
  const api = ports.pingPlotter(ports.account);
  try {
    const { agents, skipped } = await api.agents({}, signal);
    const devices = agents.filter(isDevice);
    const others = agents.filter((agent) => !isDevice(agent));
    const statuses = await api.status(agentIds(devices), signal);
    return { ok: true, devices, others, statuses, skipped };
  } catch (error) {
    if (!signal.aborted) ports.log.warn('fleet not read', { error });
    return { ok: false, code: asAppError(error).code };
  }
};

const noteFailure = async (
  ports: MonitorPorts,
  memory: Memory,
  failed: Failed,
  now: number,
  fence: Fence,
): Promise<Memory> => {
  const { state: blindness, notices } = stepBlindness(memory.record.blindness, failed, now);
  const record = { ...memory.record, blindness, lastAt: now };
  return commitFindings(ports, memory, { now, record, notices }, fence);
};

const learnFromFleet = async (
  ports: MonitorPorts,
  memory: Memory,
  read: Read,
  now: number,
  fence: Fence,
  signal: AbortSignal,
): Promise<Memory> => {
  const { sightings, seen } = await sightDevices(ports, memory, read, now);
  const seenFleet: Fleet = {
    agents: [...sightings.map(({ facts }) => facts.agent), ...read.others],
    skipped: read.skipped,
  };
  const online = onlineIds(seenFleet);
  const samePicture = memory.picture === undefined || isSamePicture(memory.picture, online);
  const result = { ...sweepResult(memory.snapshot, seenFleet), samePicture };
  const step = stepBlindness(memory.record.blindness, result, now);
  const { state: blindness, notices } = step;
  const found = {
    now,
    record: { ...memory.record, blindness, lastAt: now, lastGoodAt: now },
    notices,
    fleet: { sightings, takenAt: now, skipped: read.skipped },
  };
  const { picture: suspected, ...sighted } = memory;
  if (blindness.blind !== undefined) {
    const picture = samePicture ? (suspected ?? online) : online;
    return commitFindings(ports, { ...memory, picture }, found, fence);
  }
  const known =
    step.accepted && memory.snapshot ? listedOnly(memory.snapshot, seenFleet) : memory.snapshot;
  const snapshot = takeSnapshot(known, seenFleet, now);
  const marks = marksById(snapshot);
  const learned = await learnFrom(ports, memory, memory.fleet, sightings, { marks, now });
  const closed = await findClosed(ports, memory, sightings, now, signal);
  signal.throwIfAborted();
  const occurrences = [...learned.occurrences, ...closed];
  return commitFindings(
    ports,
    sighted,
    {
      ...found,
      record: ofThisSource(ports, found.record),
      ...learned,
      occurrences,
      seen,
      snapshot,
    },
    fence,
  );
};

const ofThisSource = ({ source }: MonitorPorts, record: MonitorRecord): MonitorRecord => ({
  ...record,
  ...optional('source', source),
});
