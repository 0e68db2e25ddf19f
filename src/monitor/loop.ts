import { suppressedEvaluations } from '../features/alerting/suppression.ts';
import { byStatus, type FleetView } from '../features/fleet/domain/agent-view.ts';
import { type ObservedFleet, viewsOf } from '../features/fleet/domain/observation.ts';
import type { AgentId } from '../platform/agent.ts';
import { commitFindings, type Fence } from './commit.ts';
import { createLease } from './lease.ts';
import { poll } from './poll.ts';
import { loadMonitorState, type MonitorPorts, type MonitorState } from './state.ts';
import { createHints, targetedPoll } from './targeted-poll.ts';

export interface Monitor {
  /** Polls every `pollSeconds` from now on, as long as no other instance does. */
  start(): void;
  /** Resolves within moments: what is under way is aborted, and another instance may go on. */
  stop(): Promise<void>;
  /** Something changed at these agents: they are looked at soon. */
  hint(agents: readonly AgentId[]): void;
  /** The fleet as the last poll of this instance saw it, worst first. */
  latest(): FleetView | undefined;
}

/** The monitor of one account; several instances may have one each. */
export const createMonitor = (ports: MonitorPorts): Monitor => {
  const { account, source, clock, log, store, pollSeconds, correlation, newId } = ports;
  const pollMs = pollSeconds * 1000;
  // Tried for twice in each interval and good for two: taken over within three of its holder's death.
  const beatMs = pollMs / 2;
  const lease = createLease({
    store,
    clock,
    name: `monitor:${account}`,
    holder: newId(),
    forMs: 2 * pollMs,
  });
  const hints = createHints();
  const stopping = new AbortController();
  let wake = new AbortController();
  let monitorState: MonitorState | undefined;
  let running: Promise<void> | undefined;
  let sorted: { readonly fleet: ObservedFleet; readonly view: FleetView } | undefined;
  let nextPoll = 0;

  const work = async (known: MonitorState, signal: AbortSignal): Promise<MonitorState> => {
    const now = clock.now();
    if (now >= nextPoll) {
      // A poll that took too long leaves out those that it overran.
      nextPoll += Math.max(1, Math.ceil((now - nextPoll + 1) / pollMs)) * pollMs;
      hints.clear();
      return poll(ports, known, lease.fence, signal);
    }
    const hinted = hints.dueAt();
    if (hinted !== undefined && now >= hinted)
      return targetedPoll(ports, known, hints.take(now), lease.fence, signal);
    if (known.silentUntil !== undefined && now >= known.silentUntil)
      return flushSuppressed(ports, known, lease.fence);
    return known;
  };

  const tick = async (): Promise<void> => {
    const statusWord = await lease.take();
    if (statusWord !== 'kept') monitorState = undefined;
    if (statusWord === 'none') return;
    if (statusWord === 'new') nextPoll = clock.now();
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
    }
  };

  const nextAt = (): number => {
    const beat = clock.now() + beatMs;
    if (monitorState === undefined) return beat;
    return Math.min(beat, nextPoll, hints.dueAt() ?? beat, monitorState.silentUntil ?? beat);
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      await correlation.within(newId(), attempt);
      const signal = AbortSignal.any([stopping.signal, wake.signal]);
      await clock.sleep(Math.max(0, nextAt() - clock.now()), signal).catch(() => {});
    }
  };

  return {
    start: () => {
      nextPoll = clock.now();
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      await running;
      await lease.release().catch(() => {});
    },
    hint: (agents) => {
      hints.add(agents);
      wake.abort();
    },
    latest: () => {
      const fleet = monitorState?.fleet;
      if (fleet === undefined) return undefined;
      // Sorted only when somebody asks, once for each look.
      if (sorted?.fleet !== fleet) sorted = { fleet, view: byWorstReading(fleet) };
      return sorted.view;
    },
  };
};

const byWorstReading = (fleet: ObservedFleet): FleetView => ({
  agents: viewsOf(fleet).toSorted(byStatus),
  takenAt: fleet.takenAt,
  skipped: fleet.skipped,
});

/** Sends what silences suppressed that are over by now, from what the last poll observed. */
export const flushSuppressed = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  fence: Fence,
): Promise<MonitorState> => {
  const { blind } = monitorState.record.blindness;
  const { silentUntil: _, ...rest } = monitorState;
  // The next poll settles it.
  if (blind !== undefined) return rest;
  const now = ports.clock.now();
  return commitFindings(
    ports,
    rest,
    {
      now,
      record: monitorState.record,
      evaluations: suppressedEvaluations(monitorState, monitorState.fleet),
    },
    fence,
  );
};
