import { definitionNames, updated } from '../features/fleet/domain/agent-view.ts';
import { Sighting } from '../features/fleet/domain/observation.ts';
import { staleAfterMs } from '../features/fleet/domain/quality.ts';
import { newlySeen, seenBesides } from '../features/fleet/domain/seen-sessions.ts';
import type { Agent, AgentId, AgentStatus } from '../platform/agent.ts';
import { inSlices } from '../platform/slices.ts';
import type { Findings } from './commit.ts';
import type { Memory, MonitorPorts } from './state.ts';

/** Devices with what PingPlotter says of them. */
export interface Reading {
  readonly devices: readonly Agent[];
  readonly statuses: ReadonlyMap<AgentId, AgentStatus>;
}

/** Agents with all that is known of their sessions. */
export const sightDevices = async (
  ports: Pick<MonitorPorts, 'account' | 'store' | 'pollSeconds'>,
  memory: Memory,
  { devices, statuses }: Reading,
  now: number,
): Promise<{
  readonly sightings: readonly Sighting[];
  readonly seen: NonNullable<Findings['seen']>;
}> => {
  const paused = await ports.store.sessions.paused(ports.account);
  const fresh = newlySeen(memory.sessions, statuses);
  const definitions = definitionNames(devices);
  const moment = { now, staleMs: staleAfterMs(ports.pollSeconds) };
  const sightings: Sighting[] = [];
  await inSlices(devices, (agent) => {
    const status = statuses.get(agent.id);
    const seen = seenBesides(memory.sessions.get(agent.id), status, paused.get(agent.id));
    const facts = { agent: updated(agent, status), status, seen, definitions };
    sightings.push(new Sighting(facts, moment));
  });
  return { sightings, seen: fresh };
};
