import { definitionNames, scoresUnread, updated } from '../features/fleet/domain/agent-view.ts';
import { distinguishedInSlices } from '../features/fleet/domain/distinction.ts';
import { AgentObservation } from '../features/fleet/domain/observation.ts';
import { staleAfterMs } from '../features/fleet/domain/quality.ts';
import { newlySeen, seenBesides } from '../features/fleet/domain/seen-sessions.ts';
import type { Agent } from '../platform/agent.ts';
import type { Statuses } from '../platform/pingplotter.ts';
import { inSlices, otherTurns } from '../platform/slices.ts';
import type { Findings } from './commit.ts';
import type { MonitorPorts, MonitorState } from './state.ts';

/** Devices with what PingPlotter says of them. */
export interface Reading {
  readonly devices: readonly Agent[];
  readonly statuses: Statuses;
}

/** Agents with all that is known of their sessions. */
export const observeDevices = async (
  ports: Pick<MonitorPorts, 'account' | 'store' | 'pollSeconds' | 'qualityNames'>,
  monitorState: MonitorState,
  { devices, statuses }: Reading,
  now: number,
): Promise<{
  readonly observations: readonly AgentObservation[];
  readonly seen: NonNullable<Findings['seen']>;
}> => {
  const paused = await ports.store.sessions.paused(ports.account);
  const fresh = await newlySeen(monitorState.sessions, statuses);
  const definitions = definitionNames(devices, ports.qualityNames);
  const moment = { now, staleMs: staleAfterMs(ports.pollSeconds) };
  const observations: AgentObservation[] = [];
  // A targeted poll reads a few agents: the names of the others are those of the poll before.
  const before = monitorState.fleet?.observations ?? [];
  const others = devices.length < before.length ? before.map(({ facts }) => facts.agent) : [];
  const named = await distinguishedInSlices(devices, others);
  await otherTurns();
  await inSlices(named, (agent) => {
    const status = statuses.get(agent.id);
    const seen = seenBesides(monitorState.sessions.get(agent.id), status, paused.get(agent.id));
    const unread = scoresUnread(statuses, agent.id);
    const facts = { agent: updated(agent, status), status, seen, definitions, ...unread };
    observations.push(new AgentObservation(facts, moment));
  });
  return { observations, seen: fresh };
};
