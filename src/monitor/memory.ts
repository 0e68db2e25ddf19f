import type { AgentId } from '../core/agent.ts';
import { ofAnotherAccount } from '../core/blindness.ts';
import { FleetSnapshot } from '../core/fleet-snapshot.ts';
import { KeptState } from '../core/kept-state.ts';
import { firstRecord, MonitorRecord, monitorDocuments } from '../core/monitor-record.ts';
import { optional } from '../core/optional.ts';
import type { AgentView } from '../core/overview.ts';
import type { SeenSession } from '../core/session-memory.ts';
import type { StoreTransaction } from '../core/store.ts';
import { withoutPauses } from './known-sessions.ts';
import type { Sighting } from './sighting.ts';
import { inSlices } from './slices.ts';
import { createStateBook, type StateBook, type StateChange } from './state-book.ts';
import { createWatchMatching, type WatchMatching } from './watch-matching.ts';
import { termsKey } from './watch-plan.ts';

/** The fleet at one moment, in the order in which PingPlotter gave it. */
export interface SweptFleet {
  readonly sightings: readonly Sighting[];
  /** ms since 1970 */
  readonly takenAt: number;
  readonly skipped: number;
}

/** All that was seen, ready to be shown: for those who ask about the whole fleet. */
export const viewsOf = (fleet: SweptFleet | undefined): readonly AgentView[] =>
  (fleet?.sightings ?? []).map(({ view }) => view);

/**
 * What one instance knows while it holds the lease; what it has to keep can be read from the store again.
 * The maps of it are changed only once what they say is stored.
 */
export interface Memory {
  readonly record: MonitorRecord;
  readonly snapshot?: FleetSnapshot;
  /**
   * Who was online in the picture that is suspected, while monitoring is blind. It is not stored: after a
   * restart the first sweep counts as the same picture.
   */
  readonly picture?: ReadonlySet<AgentId>;
  readonly fleet?: SweptFleet;
  readonly book: StateBook;
  /** The terms that each watch's states were learned under. */
  readonly terms: Map<string, string>;
  readonly sessions: Map<AgentId, readonly SeenSession[]>;
  readonly matching: WatchMatching;
  /**
   * When the list of an agent's sessions was asked for last, ms since 1970; of those that fell silent
   * only. It is not stored: whoever begins anew asks once more.
   */
  readonly listedAt: Map<AgentId, number>;
  /** When the first silence ends that holds something back, ms since 1970. */
  readonly silentUntil?: number;
}

/** What another instance, or this one before it was started anew, has left. */
export const loadMemory = async (
  store: Pick<StoreTransaction, 'documents' | 'alertStates' | 'sessions' | 'watches'>,
  account: string,
  source?: string,
): Promise<Memory> => {
  const stored = MonitorRecord.safeParse(
    await store.documents.read(account, monitorDocuments.record),
  );
  const snapshot = FleetSnapshot.safeParse(
    await store.documents.read(account, monitorDocuments.snapshot),
  );
  // Before the states: a change of terms in between forgets states that were read already.
  const watches = await store.watches.all(account);
  const seen = await store.sessions.all(account);
  const record = stored.data ?? firstRecord;
  const isAnother = source !== undefined && (record.source ?? source) !== source;
  return {
    // Another account counts as known with its first whole sweep: until then every start begins with it again.
    record: isAnother ? forAnother(record) : { ...record, ...optional('source', source) },
    ...(snapshot.success && !isAnother ? { snapshot: snapshot.data } : {}),
    book: await loadStates(store, account),
    terms: new Map(watches.map((watch) => [watch.id, termsKey(watch)])),
    sessions: new Map([...seen].map(([agent, sessions]) => [agent, withoutPauses(sessions)])),
    matching: createWatchMatching(),
    listedAt: new Map(),
  };
};

const forAnother = (record: MonitorRecord): MonitorRecord => ({
  ...record,
  blindness: ofAnotherAccount(record.blindness),
});

const loadStates = async (
  store: Pick<StoreTransaction, 'alertStates'>,
  account: string,
): Promise<StateBook> => {
  const book = createStateBook();
  const changes: StateChange[] = [];
  await inSlices(await store.alertStates.all(account), ({ state, ...key }) => {
    const { data } = KeptState.safeParse(state);
    if (data !== undefined) changes.push({ ...key, after: data });
  });
  book.apply(changes);
  return book;
};
