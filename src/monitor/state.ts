import type { AlertEvent } from '../features/alerting/domain/alert-state.ts';
import { HeldChanges, heldDocument } from '../features/alerting/domain/held-changes.ts';
import type { AlertingCollections, AlertingPorts } from '../features/alerting/ports.ts';
import { type AlertingState, loadAlerting } from '../features/alerting/state.ts';
import type { KnownAgent } from '../features/fleet/domain/known-agent.ts';
import type { ObservedFleet } from '../features/fleet/domain/observation.ts';
import { withoutPauses } from '../features/fleet/domain/seen-sessions.ts';
import { type FleetSnapshot, readSnapshot } from '../features/fleet/domain/snapshot.ts';
import type { KnownAgentStore, SeenSession, SeenSessions } from '../features/fleet/store.ts';
import { outageOfAnotherAccount } from '../features/health/domain/outage.ts';
import type { OutageCollections } from '../features/health/notices.ts';
import type { Presence, Samples } from '../features/history/store.ts';
import type { AgentId } from '../platform/agent.ts';
import type { Clock } from '../platform/clock.ts';
import type { Correlation } from '../platform/correlation.ts';
import type { Logger } from '../platform/log.ts';
import type { PingPlotter } from '../platform/pingplotter.ts';
import type { Documents, Hints, Leases, Transactional } from '../platform/store.ts';
import { optional } from '../shared/optional.ts';
import { firstRecord, MonitorRecord, recordDocument } from './record.ts';

/**
 * What one instance knows while it holds the lease; what it has to keep can be read from the store again.
 * The maps of it are changed only once what they say is stored.
 */
export interface MonitorState extends AlertingState {
  readonly record: MonitorRecord;
  readonly snapshot?: FleetSnapshot;
  /**
   * Who was online in the picture that is suspected, while monitoring is blind. It is not stored: after a
   * restart the first poll counts as the same picture.
   */
  readonly picture?: ReadonlySet<AgentId>;
  readonly fleet?: ObservedFleet;
  /** Until the first whole poll of another account, or with another key. */
  readonly anotherAccount?: true;
  readonly sessions: Map<AgentId, readonly SeenSession[]>;
  /** The quarter of an hour (history/domain/quarters.ts) whose presence is stored. Absent after a restart. */
  readonly markedQuarter?: number;
  readonly known: Map<AgentId, KnownAgent>;
}

/** What another instance, or this one before a restart, has left. */
export const loadMonitorState = async (
  store: LoadingStore,
  account: string,
  source?: string,
): Promise<MonitorState> => {
  const stored = MonitorRecord.safeParse(await store.documents.read(account, recordDocument));
  const snapshot = await readSnapshot(store.documents, account);
  // Before the states: a change of terms in between forgets states that were read already.
  const watches = await store.watches.all(account);
  const seen = await store.sessions.all(account);
  const known = await store.knownAgents.all(account);
  const held = HeldChanges.safeParse(await store.documents.read(account, heldDocument));
  const record = stored.data ?? firstRecord;
  const isAnother = source !== undefined && (record.source ?? source) !== source;
  return {
    // Another account counts as known with its first whole poll: until then every start begins with it again.
    record: isAnother ? forAnother(record) : { ...record, ...optional('source', source) },
    ...optional('snapshot', isAnother ? undefined : snapshot),
    ...(isAnother ? { anotherAccount: true as const } : {}),
    ...(await loadAlerting(store, account, watches)),
    sessions: new Map([...seen].map(([agent, sessions]) => [agent, withoutPauses(sessions)])),
    known: new Map(known.map((agent) => [agent.id, agent])),
    ...optional('heldChanges', isAnother ? undefined : held.data),
  };
};

type LoadingStore = Pick<
  MonitorCollections,
  'documents' | 'alertStates' | 'alerts' | 'sessions' | 'suppressions' | 'watches' | 'knownAgents'
>;

const forAnother = (record: MonitorRecord): MonitorRecord => ({
  ...record,
  blindness: outageOfAnotherAccount(record.blindness),
});

/** What the monitor stores. */
export interface MonitorCollections extends AlertingCollections, OutageCollections {
  readonly documents: Documents;
  readonly hints: Hints;
  readonly knownAgents: KnownAgentStore;
  readonly leases: Leases;
  readonly presence: Presence;
  readonly samples: Samples;
  readonly sessions: SeenSessions;
}

/** What the monitor of one account works with. */
export interface MonitorPorts extends AlertingPorts {
  readonly account: string;
  /**
   * Differs when the account is read at another address or with another key: then what was known of
   * its fleet is no measure for what is read now. Holds neither of them in clear.
   */
  readonly source?: string;
  readonly store: MonitorCollections & Transactional<MonitorCollections>;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
  /** Names this process; the same again after a restart only where no other can hold its lease. */
  readonly instance: string;
  /** Names of quality definitions that the API does not tell, by id. */
  readonly qualityNames?: ReadonlyMap<string, string>;
  readonly pollSeconds: number;
  /** Ids of those who are admins by the configuration. */
  readonly admins: ReadonlySet<string>;
  readonly metrics: {
    poll(outcome: string, seconds: number, account: string): void;
    alert(event: AlertEvent['kind'], account: string): void;
  };
}
