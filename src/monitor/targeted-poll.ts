import { learnFrom } from '../features/alerting/evaluate-fleet.ts';
import type { AgentObservation, ObservedFleet } from '../features/fleet/domain/observation.ts';
import {
  isDevice,
  marksById,
  missedOnce,
  takeSnapshot,
} from '../features/fleet/domain/snapshot.ts';
import type { AgentId, AgentStatus } from '../platform/agent.ts';
import { asAppError } from '../platform/errors.ts';
import type { PingPlotter } from '../platform/pingplotter.ts';
import { commitFindings, type Fence } from './commit.ts';
import { inventoryOf } from './inventory.ts';
import { observeDevices, type Reading } from './observe.ts';
import type { MonitorPorts, MonitorState } from './state.ts';

/**
 * A read of a few agents between two polls, because something hinted at them. It counts for nothing
 * but what it reads: neither for an outage nor as one more poll that did not show the others.
 */
export const targetedPoll = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  agents: readonly AgentId[],
  fence: Fence,
  signal: AbortSignal,
): Promise<MonitorState> => {
  const { blind, keyWrongSince } = monitorState.record.blindness;
  if (blind !== undefined || keyWrongSince !== undefined) return monitorState;
  // Without a picture of the whole fleet all others would count as gone.
  if (monitorState.snapshot === undefined) return monitorState;
  const now = ports.clock.now();
  const api = ports.pingPlotter(ports.account);
  const reading = await readAgents(api, agents, signal);
  signal.throwIfAborted();
  const marksBefore = marksById(monitorState.snapshot);
  const missing = reading.missing.filter((id) => marksBefore.has(id));
  if (reading.devices.length === 0 && missing.length === 0) return monitorState;
  const { observations, seen } = await observeDevices(ports, monitorState, reading, now);
  // As if all others could not be read: this poll says nothing about them.
  const partly = {
    agents: observations.map(({ facts }) => facts.agent),
    skipped: Number.POSITIVE_INFINITY,
  };
  const snapshot = missedOnce(takeSnapshot(monitorState.snapshot, partly, now), missing);
  const present = observations.filter(({ facts }) => isDevice(facts.agent));
  const marks = marksById(snapshot);
  const learned = await learnFrom(ports, monitorState, monitorState.fleet, present, {
    marks,
    now,
  });
  const fleet = monitorState.fleet && withObservations(monitorState.fleet, present);
  const inventory = await inventoryOf(ports, monitorState, {
    observations,
    others: partly.agents,
    marks,
    now,
  });
  const found = { now, record: monitorState.record, ...learned, seen, snapshot, inventory };
  return commitFindings(ports, monitorState, { ...found, ...(fleet && { fleet }) }, fence);
};

/** An agent that PingPlotter does not know counts as left out once: a second read has to say so too. */
const readAgents = async (
  api: PingPlotter,
  agents: readonly AgentId[],
  signal: AbortSignal,
): Promise<Reading & { readonly missing: readonly AgentId[] }> => {
  const missing: AgentId[] = [];
  const read = agents.map((id) =>
    api.agent(id, signal).catch((error: unknown) => {
      if (asAppError(error).code === 'not-found') missing.push(id);
      return undefined;
    }),
  );
  const statuses = await api.status(agents, signal).catch(() => new Map<AgentId, AgentStatus>());
  const devices = (await Promise.all(read)).filter((agent) => agent !== undefined);
  return { devices, statuses, missing };
};

const withObservations = (
  fleet: ObservedFleet,
  newer: readonly AgentObservation[],
): ObservedFleet => {
  const byId = new Map(newer.map((one) => [one.facts.agent.id, one]));
  const observations = fleet.observations.map((one) => byId.get(one.facts.agent.id) ?? one);
  return { ...fleet, observations };
};
