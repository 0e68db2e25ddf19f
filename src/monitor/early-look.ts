import type { AgentId, AgentStatus } from '../core/agent.ts';
import { isDevice, marksById, takeSnapshot } from '../core/fleet-snapshot.ts';
import type { PingPlotter } from '../core/ports.ts';
import { commitFindings, type Fence } from './commit.ts';
import { learnFrom, type Reading, sightDevices } from './look.ts';
import type { Memory, SweptFleet } from './memory.ts';
import type { MonitorPorts } from './ports.ts';
import type { Sighting } from './sighting.ts';

/**
 * A look at a few agents between two sweeps, because something hinted at them. It counts for nothing
 * but what it reads: neither for blindness nor as one more sweep that did not show the others.
 */
export const earlyLook = async (
  ports: MonitorPorts,
  memory: Memory,
  agents: readonly AgentId[],
  fence: Fence,
  signal: AbortSignal,
): Promise<Memory> => {
  const { blind, keyWrongSince } = memory.record.blindness;
  if (blind !== undefined || keyWrongSince !== undefined) return memory;
  // Without a picture of the whole fleet all others would count as gone.
  if (memory.snapshot === undefined) return memory;
  const now = ports.clock.now();
  const api = ports.pingPlotter(ports.account);
  const reading = await readAgents(api, agents, signal);
  signal.throwIfAborted();
  const { sightings, seen } = await sightDevices(ports, memory, reading, now);
  // As if all others could not be read: this look says nothing about them.
  const partly = {
    agents: sightings.map(({ facts }) => facts.agent),
    skipped: Number.POSITIVE_INFINITY,
  };
  const snapshot = takeSnapshot(memory.snapshot, partly, now);
  const present = sightings.filter(({ facts }) => isDevice(facts.agent));
  const learned = await learnFrom(ports, memory, present, { marks: marksById(snapshot), now });
  const fleet = memory.fleet && withSightings(memory.fleet, present);
  const found = { now, record: memory.record, ...learned, seen, snapshot };
  return commitFindings(ports, memory, { ...found, ...(fleet && { fleet }) }, fence);
};

/** Nothing for those that cannot be read: whether they are gone is for whole sweeps to say. */
const readAgents = async (
  api: PingPlotter,
  agents: readonly AgentId[],
  signal: AbortSignal,
): Promise<Reading> => {
  const read = agents.map((id) => api.agent(id, signal).catch(() => undefined));
  const statuses = await api.status(agents, signal).catch(() => new Map<AgentId, AgentStatus>());
  const devices = (await Promise.all(read)).filter((agent) => agent !== undefined);
  return { devices, statuses };
};

const withSightings = (fleet: SweptFleet, newer: readonly Sighting[]): SweptFleet => {
  const byId = new Map(newer.map((one) => [one.facts.agent.id, one]));
  const sightings = fleet.sightings.map((one) => byId.get(one.facts.agent.id) ?? one);
  return { ...fleet, sightings };
};
