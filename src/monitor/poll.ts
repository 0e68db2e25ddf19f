import { findClosed } from '../features/alerting/closed-targets.ts';
import { learnFrom } from '../features/alerting/evaluate-fleet.ts';
import { agentIds } from '../features/fleet/domain/agent-view.ts';
import {
  listedOnly,
  marksByIdInSlices,
  takeSnapshotInSlices,
} from '../features/fleet/domain/snapshot.ts';
import { type ReadPoll, stepOutage } from '../features/health/domain/outage.ts';
import { isSamePicture, onlineIds, pollResult } from '../features/health/domain/picture.ts';
import type { AgentId, Fleet } from '../platform/agent.ts';
import { otherTurns } from '../platform/slices.ts';
import { optional } from '../shared/optional.ts';
import { commitFindings, type Fence } from './commit.ts';
import { inventoryOf } from './inventory.ts';
import { agentsLeft } from './left-agents.ts';
import {
  type Failed,
  type FleetRead,
  readFleet,
  scoresMissing,
  unmeasuredIn,
} from './read-fleet.ts';
import type { MonitorRecord } from './record.ts';
import type { SharedRead } from './shared-read.ts';
import type { MonitorPorts, MonitorState } from './state.ts';

/**
 * One read of the whole fleet: what it teaches every watch is stored together with what people are to
 * be notified of it. A read that fails, or shows nearly everybody gone, says something about the
 * monitor, not about the agents. Rejects when it was stopped, and when the store is not there. `shared` has
 * the fleet before it is judged.
 */
export const poll = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  fence: Fence,
  signal: AbortSignal,
  shared: Pick<SharedRead, 'begin'> = { begin: () => undefined },
): Promise<MonitorState> => {
  const { clock, log, metrics } = ports;
  const now = clock.now();
  const begunAt = clock.monotonic();
  const reading = readFleet(ports, monitorState, now, signal);
  shared.begin(
    begunAt,
    reading.then(
      (found) => (found.ok ? found.fleet : undefined),
      () => undefined,
    ),
  );
  const read = await reading;
  const polled = read.ok
    ? await learnFromFleet(ports, monitorState, read, now, fence, signal)
    : await noteFailure(ports, monitorState, read, now, fence);
  const outcome = read.ok ? (read.noStatuses ?? 'read') : read.code;
  const ms = Math.round(clock.monotonic() - begunAt);
  metrics.poll(outcome, ms / 1000, ports.account);
  log.info('poll.done', { outcome, ms, ...(read.ok ? { agents: read.devices.length } : {}) });
  return polled;
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
  read: FleetRead,
  now: number,
  fence: Fence,
  signal: AbortSignal,
): Promise<MonitorState> => {
  const { seen, fleet } = read;
  const { observations } = fleet;
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
    fleet,
  };
  const { picture: suspected, anotherAccount, ...noOutage } = monitorState;
  if (outage.blind !== undefined) {
    const picture = samePicture ? (suspected ?? online()) : online();
    return commitFindings(ports, { ...monitorState, picture }, found, fence);
  }
  await otherTurns();
  const known =
    step.accepted && monitorState.snapshot
      ? listedOnly(monitorState.snapshot, seenFleet)
      : monitorState.snapshot;
  await otherTurns();
  const snapshot = await takeSnapshotInSlices(known, seenFleet, now);
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
