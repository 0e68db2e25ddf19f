import type { PollFindings } from '../features/alerting/commit.ts';
import { commitChanges } from '../features/alerting/commit-changes.ts';
import type { HeldChanges } from '../features/alerting/domain/held-changes.ts';
import { agentIds } from '../features/fleet/domain/agent-view.ts';
import {
  type Inventory,
  type InventoryPoll,
  takeInventory,
} from '../features/fleet/domain/inventory-changes.ts';
import type { AgentObservation } from '../features/fleet/domain/observation.ts';
import {
  type AgentMark,
  type FleetSnapshot,
  isDevice,
  marksById,
} from '../features/fleet/domain/snapshot.ts';
import type { Agent, AgentId } from '../platform/agent.ts';
import { groupBy } from '../shared/grouped.ts';
import type { MonitorCollections, MonitorPorts, MonitorState } from './state.ts';

type OwnChanges = Awaited<ReturnType<MonitorPorts['ownChanges']['recent']>>;

export interface PolledInventory extends Inventory {
  /** The agents that the poll read. */
  readonly read: readonly AgentObservation[];
  /** The bot's own changes of the last hours. */
  readonly ownChanges: OwnChanges;
}

/** What a poll, whole or targeted, says of the agents themselves; read before its transaction begins. */
export const inventoryOf = async (
  { account, ownChanges: remembered }: Pick<MonitorPorts, 'account' | 'ownChanges'>,
  { known, snapshot, anotherAccount }: MonitorState,
  polled: {
    readonly observations: readonly AgentObservation[];
    /** Those that were read besides. */
    readonly others: readonly Agent[];
    /** As it is now. */
    readonly marks: ReadonlyMap<AgentId, AgentMark>;
    readonly now: number;
  },
): Promise<PolledInventory> => {
  const { observations, others, now } = polled;
  const read = observations.filter(({ facts }) => isDevice(facts.agent));
  const ownChanges = await remembered.recent(account, now);
  const own = groupBy(ownChanges, ({ agent }) => agent);
  const inventory = await takeInventory(known, {
    observations: read,
    present: polled.marks,
    // What was known of another account is no measure.
    before:
      snapshot === undefined || anotherAccount === true ? undefined : marksWhenAsked(snapshot),
    templates: new Set(agentIds(others.filter(({ template, deleted }) => template && !deleted))),
    now,
    lastAt: snapshot?.takenAt ?? now,
    isOwnName: (agent, name) =>
      (own.get(agent) ?? []).some((one) => one.kind === 'rename' && one.name === name),
  });
  return { ...inventory, read, ownChanges };
};

/** An index is made only if there is news: most polls have none. */
const marksWhenAsked = (snapshot: FleetSnapshot): NonNullable<InventoryPoll['before']> => {
  let made: ReadonlyMap<AgentId, AgentMark> | undefined;
  const marks = (): ReadonlyMap<AgentId, AgentMark> => {
    made ??= marksById(snapshot);
    return made;
  };
  return { get: (id) => marks().get(id), has: (id) => marks().has(id) };
};

const nothing: PolledInventory = {
  changes: [],
  learned: [],
  forgotten: [],
  read: [],
  ownChanges: [],
};

/** What may have changed before a problem that begins now. */
export const factsBefore = (
  { known }: MonitorState,
  { learned, ownChanges }: PolledInventory = nothing,
): Pick<PollFindings, 'changesOf' | 'ownChanges'> => {
  const news = new Map(learned.map((agent) => [agent.id, agent]));
  return {
    changesOf: (agent) => (news.get(agent) ?? known.get(agent))?.changes ?? [],
    ownChanges,
  };
};

type StoredWatches = Awaited<ReturnType<MonitorCollections['watches']['all']>>;

/** Stores it in the transaction of the poll, with who is to hear of it; gives what silences hold back. */
export const saveInventory = async (
  ports: MonitorPorts,
  tx: MonitorCollections,
  { known, sessions, fleet, heldChanges = {} }: MonitorState,
  {
    watches,
    inventory = nothing,
    now,
  }: {
    readonly watches: StoredWatches;
    readonly inventory?: PolledInventory;
    readonly now: number;
  },
): Promise<HeldChanges> => {
  const { account } = ports;
  const { changes, learned, forgotten, read } = inventory;
  if (learned.length > 0) await tx.knownAgents.save(account, learned);
  if (forgotten.length > 0) await tx.knownAgents.forget(account, forgotten);
  const news = new Map(learned.map((agent) => [agent.id, agent]));
  return commitChanges(ports, tx, watches, {
    changes,
    held: heldChanges,
    known: { get: (id) => news.get(id) ?? known.get(id) },
    observations: () => [...(fleet?.observations ?? []), ...read],
    sessions,
    now,
  });
};
