import type { AgentId } from '../core/agent.ts';
import type { BlindnessNotice } from '../core/blindness.ts';
import type { FleetSnapshot } from '../core/fleet-snapshot.ts';
import { type KeptWatch, readWatch } from '../core/kept-watch.ts';
import { type MonitorRecord, monitorDocuments } from '../core/monitor-record.ts';
import { optional } from '../core/optional.ts';
import type { SeenSession } from '../core/session-memory.ts';
import type { StoreTransaction } from '../core/store.ts';
import type { Sample } from '../core/stores.ts';
import type { StoredAlert, StoredWatch } from '../core/watch-stores.ts';
import { withNewlySeen } from './known-sessions.ts';
import type { Memory, SweptFleet } from './memory.ts';
import type { Occurrence } from './plan-steps.ts';
import type { MonitorPorts } from './ports.ts';
import { type Rulings, ruleOn } from './rule-on.ts';
import { sightDrafts } from './sight-notices.ts';
import { readSilences } from './silences.ts';
import { isSnapshotNews } from './snapshot-news.ts';
import { tellings } from './tellings.ts';
import { termsKey } from './watch-plan.ts';

/** All that one look at the fleet, or at a part of it, has brought. */
export interface Findings {
  /** ms since 1970 */
  readonly now: number;
  readonly record: MonitorRecord;
  readonly notices?: readonly BlindnessNotice[];
  readonly occurrences?: readonly Occurrence[];
  readonly samples?: readonly Sample[];
  readonly seen?: ReadonlyMap<AgentId, readonly SeenSession[]>;
  readonly snapshot?: FleetSnapshot;
  readonly fleet?: SweptFleet;
}

/** Makes sure, inside the transaction, that no other instance has taken over. */
export type Fence = (tx: StoreTransaction) => Promise<void>;

/** Stores all of it or nothing, and what people are to be told with it; then it is known. */
export const commitFindings = async (
  ports: MonitorPorts,
  memory: Memory,
  findings: Findings,
  fence: Fence,
): Promise<Memory> => {
  const { account, store } = ports;
  const { occurrences = [], samples = [], seen = new Map(), now } = findings;
  const fleet = findings.fleet ?? memory.fleet;
  const { rulings, told } = await store.transaction(async (tx) => {
    await fence(tx);
    const watches = await tx.watches.all(account);
    const ruled = await ruleOnAll(tx, ports, memory, watches, occurrences, now);
    const told = tellings(ports, { ...ruled, record: findings.record, fleet, now, memory });
    await tx.alertStates.save(account, saved(ruled.rulings));
    await tx.alertStates.forget(account, forgotten(ruled.rulings));
    await tx.alerts.open(told.opened);
    await tx.alerts.save(told.changed);
    const sight = { ...ports, watches, now };
    await tx.outbox.enqueue([
      ...told.drafts,
      ...(await sightDrafts(tx, findings.notices ?? [], sight)),
    ]);
    await tx.samples.add(account, samples);
    await tx.sessions.rememberAll(account, seen);
    await tx.documents.write(account, monitorDocuments.record, told.record);
    const { snapshot } = findings;
    if (snapshot !== undefined && isSnapshotNews(memory.snapshot, snapshot))
      await tx.documents.write(account, monitorDocuments.snapshot, snapshot);
    return { rulings: ruled.rulings, told };
  });
  learn(memory, rulings, seen);
  for (const { event } of occurrences) if (event !== undefined) ports.metrics.alert(event.kind);
  return {
    ...memory,
    record: told.record,
    ...optional('snapshot', findings.snapshot ?? memory.snapshot),
    ...optional('fleet', fleet),
    ...optional('silentUntil', rulings.silentUntil),
  };
};

interface Ruled {
  readonly rulings: Rulings;
  readonly watches: ReadonlyMap<string, KeptWatch>;
  /** The ids of all watches, readable or not. */
  readonly existing: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
}

const ruleOnAll = async (
  tx: StoreTransaction,
  { account }: MonitorPorts,
  memory: Memory,
  stored: readonly StoredWatch[],
  occurrences: readonly Occurrence[],
  now: number,
): Promise<Ruled> => {
  // What was changed meanwhile begins anew at the next sweep.
  const unchanged = stored.filter((one) => memory.terms.get(one.id) === termsKey(one));
  const watches = new Map(
    unchanged.flatMap((one) => readWatch(one) ?? []).map((watch) => [watch.id, watch]),
  );
  const open = await tx.alerts.current(account);
  const silences = await readSilences(tx, account, now);
  const held = await heldAlerts(tx, occurrences);
  const rulings = ruleOn(occurrences, { watches, silences, open, held });
  return { rulings, watches, existing: new Set(stored.map(({ id }) => id)), open };
};

/** The alerts that were closed while a silence held their end back. */
const heldAlerts = async (
  tx: StoreTransaction,
  occurrences: readonly Occurrence[],
): Promise<ReadonlyMap<string, StoredAlert>> => {
  const found = new Map<string, StoredAlert>();
  for (const { before } of occurrences) {
    const id = before?.held?.alertId;
    const alert = id === undefined ? undefined : await tx.alerts.find(id);
    if (alert !== undefined) found.set(alert.id, alert);
  }
  return found;
};

const saved = ({ worthKeeping }: Rulings) =>
  worthKeeping.flatMap(({ after, ...key }) =>
    after === undefined ? [] : { ...key, state: after },
  );

const forgotten = ({ worthKeeping }: Rulings) =>
  worthKeeping.filter(({ after }) => after === undefined);

const learn = (
  { book, sessions }: Memory,
  { changes }: Rulings,
  seen: ReadonlyMap<AgentId, readonly SeenSession[]>,
): void => {
  book.apply(changes);
  for (const [agent, fresh] of seen) sessions.set(agent, withNewlySeen(sessions.get(agent), fresh));
};
