import { heldBack } from '../features/alerting/suppression.ts';
import { byStanding, type FleetView } from '../features/fleet/domain/agent-view.ts';
import { type SweptFleet, viewsOf } from '../features/fleet/domain/observation.ts';
import type { AgentId } from '../platform/agent.ts';
import { commitFindings, type Fence } from './commit.ts';
import { createLease } from './lease.ts';
import { sweep } from './poll.ts';
import { loadMemory, type Memory, type MonitorPorts } from './state.ts';
import { createHints, earlyLook } from './targeted-poll.ts';

export interface Monitor {
  /** Sweeps every `pollSeconds` from now on, as long as no other instance does. */
  start(): void;
  /** Resolves within moments: what is under way is told to stop, and another instance may go on. */
  stop(): Promise<void>;
  /** Something changed at these agents: they are looked at soon. */
  hint(agents: readonly AgentId[]): void;
  /** The fleet as the last sweep of this instance saw it, worst first. */
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
  let memory: Memory | undefined;
  let running: Promise<void> | undefined;
  let sorted: { readonly fleet: SweptFleet; readonly view: FleetView } | undefined;
  let nextSweep = 0;

  const work = async (known: Memory, signal: AbortSignal): Promise<Memory> => {
    const now = clock.now();
    if (now >= nextSweep) {
      // A sweep that took too long leaves out those that it overran.
      nextSweep += Math.max(1, Math.ceil((now - nextSweep + 1) / pollMs)) * pollMs;
      hints.clear();
      return sweep(ports, known, lease.fence, signal);
    }
    const hinted = hints.dueAt();
    if (hinted !== undefined && now >= hinted)
      return earlyLook(ports, known, hints.take(now), lease.fence, signal);
    if (known.silentUntil !== undefined && now >= known.silentUntil)
      return settleSilences(ports, known, lease.fence);
    return known;
  };

  const tick = async (): Promise<void> => {
    const standing = await lease.take();
    if (standing !== 'kept') memory = undefined;
    if (standing === 'none') return;
    if (standing === 'new') nextSweep = clock.now();
    memory = await lease.during(
      async (signal) => work(memory ?? (await loadMemory(store, account, source)), signal),
      stopping.signal,
    );
  };

  const attempt = async (): Promise<void> => {
    try {
      await tick();
    } catch (error) {
      // What was stored and what was not is read again.
      memory = undefined;
      if (!stopping.signal.aborted) log.error('monitor stumbled', { error });
    }
  };

  const nextAt = (): number => {
    const beat = clock.now() + beatMs;
    if (memory === undefined) return beat;
    return Math.min(beat, nextSweep, hints.dueAt() ?? beat, memory.silentUntil ?? beat);
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
      nextSweep = clock.now();
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
      const fleet = memory?.fleet;
      if (fleet === undefined) return undefined;
      // Sorted only when somebody asks, once for each look.
      if (sorted?.fleet !== fleet) sorted = { fleet, view: worstFirst(fleet) };
      return sorted.view;
    },
  };
};

const worstFirst = (fleet: SweptFleet): FleetView => ({
  agents: viewsOf(fleet).toSorted(byStanding),
  takenAt: fleet.takenAt,
  skipped: fleet.skipped,
});

/** Tells what silences held back that are over by now, from what the last sweep saw. */
export const settleSilences = async (
  ports: MonitorPorts,
  memory: Memory,
  fence: Fence,
): Promise<Memory> => {
  const { blind } = memory.record.blindness;
  const { silentUntil: _, ...rest } = memory;
  // The next sweep settles it.
  if (blind !== undefined) return rest;
  const now = ports.clock.now();
  return commitFindings(
    ports,
    rest,
    { now, record: memory.record, occurrences: heldBack(memory, memory.fleet) },
    fence,
  );
};
