import { silentUntil } from '../features/alerting/state.ts';
import { byStatus, type FleetView } from '../features/fleet/domain/agent-view.ts';
import { type ObservedFleet, viewsOf } from '../features/fleet/domain/observation.ts';
import type { FleetReading } from '../features/fleet/ports.ts';
import { seesNothing } from '../features/health/domain/outage.ts';
import type { AgentId } from '../platform/agent.ts';
import { watchWall } from '../platform/clock.ts';
import { optional } from '../shared/optional.ts';
import { commitFindings, type Fence } from './commit.ts';
import { createHintQueue, mostHints } from './hints.ts';
import { createLease } from './lease.ts';
import { poll } from './poll.ts';
import { createSharedRead } from './shared-read.ts';
import { loadMonitorState, type MonitorPorts, type MonitorState } from './state.ts';
import { targetedPoll } from './targeted-poll.ts';
import { createTimetable } from './timetable.ts';

export interface Monitor {
  /** Polls every `pollSeconds` from now on, as long as no other instance does. */
  start(): void;
  /** Resolves within moments: what is under way is aborted, and another instance may go on. */
  stop(): Promise<void>;
  /** Something changed at these agents: they are looked at soon, by whichever instance polls. */
  hint(agents: readonly AgentId[]): Promise<void>;
  /** The fleet as the last poll of this instance saw it, worst first; one under way counts once it has read all. */
  latest(): FleetView | undefined;
  /** What a poll under way reads, until `latest` has it. */
  reading(): FleetReading | undefined;
  /** How many agents that poll saw. */
  agentCount(): number | undefined;
}

/** Two polls, but however far apart they are not longer: who takes over from a dead instance polls at once. */
const leaseMsFor = (pollSeconds: number): number => Math.min(30_000, 2000 * pollSeconds);
/** Renews the lease, and finds what other instances heard of. */
const longestBeatMs = 5000;

/** The monitor of one account; several instances may have one each. */
export const createMonitor = (ports: MonitorPorts): Monitor => {
  const { account, source, clock, log, store, pollSeconds, correlation, newId, instance } = ports;
  const leaseMs = leaseMsFor(pollSeconds);
  const beatMs = Math.min(longestBeatMs, leaseMs / 2);
  const lease = createLease({
    store,
    clock,
    name: `monitor:${account}`,
    holder: instance,
    forMs: leaseMs,
  });
  const hints = createHintQueue({ account, clock, log, store });
  const timetable = createTimetable({ clock, pollMs: pollSeconds * 1000 });
  const wallSetBy = watchWall(clock);
  const stopping = new AbortController();
  let wake = new AbortController();
  let monitorState: MonitorState | undefined;
  let running: Promise<void> | undefined;
  let sorted: { readonly fleet: ObservedFleet; readonly view: FleetView } | undefined;
  let isHinted = false;
  const sharedRead = createSharedRead();

  const work = async (known: MonitorState, signal: AbortSignal): Promise<MonitorState> => {
    const hinted = await hints.waiting();
    isHinted = hinted.length > 0;
    if (hinted.length > mostHints) timetable.pollSoon();
    if (timetable.isPollDue()) {
      timetable.pollBegins();
      const polled = await poll(ports, known, lease.fence, signal, sharedRead);
      if (seesNothing(polled.record.blindness)) timetable.pollAgainSooner();
      else await hints.done(hinted);
      return polled;
    }
    if (isHinted && clock.monotonic() >= hints.dueAt()) {
      const agents = hinted.map(({ agentId }) => agentId);
      const polled = await targetedPoll(ports, known, agents, lease.fence, signal);
      if (polled === known) hints.failed();
      else await hints.done(hinted);
      // PingPlotter does not know it any more: whether it was deleted is for the whole list to say.
      if (isAnyMissed(polled, agents)) timetable.pollSoon();
      return polled;
    }
    const silentEnd = silentUntil(known);
    if (silentEnd !== undefined && clock.now() >= silentEnd)
      return flushSuppressed(ports, known, lease.fence);
    return known;
  };

  const tick = async (): Promise<void> => {
    if (wallSetBy() !== 0) {
      // Times of before would be compared with those of now.
      monitorState = undefined;
      timetable.pollNow();
    }
    const statusWord = await lease.take();
    if (statusWord !== 'kept') monitorState = undefined;
    if (statusWord === 'none') return;
    if (statusWord === 'new') timetable.pollNow();
    monitorState = await lease.during(
      async (signal) =>
        work(monitorState ?? (await loadMonitorState(store, account, source)), signal),
      stopping.signal,
    );
  };

  const attempt = async (): Promise<void> => {
    try {
      await tick();
    } catch (error) {
      // What was stored and what was not is read again.
      monitorState = undefined;
      if (!stopping.signal.aborted) log.error('monitor.failed', { error });
    } finally {
      sharedRead.end();
    }
  };

  const waitMs = (): number => {
    if (monitorState === undefined) return beatMs;
    const silentEnd = silentUntil(monitorState);
    return Math.min(
      beatMs,
      timetable.untilPollMs(),
      isHinted ? hints.dueAt() - clock.monotonic() : beatMs,
      silentEnd === undefined ? beatMs : silentEnd - clock.now(),
    );
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      await correlation.within(newId(), attempt);
      const signal = AbortSignal.any([stopping.signal, wake.signal]);
      await clock.sleep(Math.max(0, waitMs()), signal).catch(() => {});
    }
  };

  return {
    start: () => {
      timetable.pollNow();
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      await running;
      await lease.release().catch(() => {});
    },
    hint: async (agents) => {
      await hints.add(agents);
      wake.abort();
    },
    agentCount: () => monitorState?.fleet?.observations.length,
    latest: () => {
      const fleet = sharedRead.fleet() ?? monitorState?.fleet;
      if (fleet === undefined) return undefined;
      // Sorted only when somebody asks, once for each read.
      if (sorted?.fleet !== fleet) sorted = { fleet, view: byWorstReading(fleet) };
      return sorted.view;
    },
    reading: sharedRead.reading,
  };
};

const isAnyMissed = ({ snapshot }: MonitorState, agents: readonly AgentId[]): boolean => {
  const ids = new Set(agents);
  return snapshot?.agents.some(({ id, missed }) => missed > 0 && ids.has(id)) === true;
};

const byWorstReading = (fleet: ObservedFleet): FleetView => ({
  agents: viewsOf(fleet).toSorted(byStatus),
  takenAt: fleet.takenAt,
  readAt: fleet.readAt,
  skipped: fleet.skipped,
  ...optional('noScores', fleet.noScores),
  ...optional('noScoresOf', fleet.noScoresOf),
});

/** Sends what silences suppressed that are over by now, from what the last poll observed. */
export const flushSuppressed = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  fence: Fence,
): Promise<MonitorState> => {
  const { blind } = monitorState.record.blindness;
  // The next poll settles it.
  if (blind !== undefined) return { ...monitorState, pending: new Map() };
  const now = ports.clock.now();
  return commitFindings(ports, monitorState, { now, record: monitorState.record }, fence);
};
