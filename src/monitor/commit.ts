import { forgotten, ruleOnAll, saved } from '../features/alerting/commit.ts';
import type { Occurrence } from '../features/alerting/domain/evaluate.ts';
import { tellings } from '../features/alerting/domain/notifications.ts';
import type { Rulings } from '../features/alerting/domain/transition-all.ts';
import { type SweptFleet, viewsOf } from '../features/fleet/domain/observation.ts';
import { withNewlySeen } from '../features/fleet/domain/seen-sessions.ts';
import {
  type FleetSnapshot,
  isSnapshotNews,
  snapshotDocument,
} from '../features/fleet/domain/snapshot.ts';
import type { SeenSession } from '../features/fleet/store.ts';
import type { BlindnessNotice } from '../features/health/domain/outage.ts';
import { sightDrafts } from '../features/health/notices.ts';
import type { Sample } from '../features/history/store.ts';
import type { AgentId } from '../platform/agent.ts';
import { optional } from '../shared/optional.ts';
import type { StoreTransaction } from '../store/open.ts';
import { type MonitorRecord, recordDocument } from './record.ts';
import type { Memory, MonitorPorts } from './state.ts';

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
  const { rulings, record } = await store.transaction(async (tx) => {
    await fence(tx);
    const watches = await tx.watches.all(account);
    const ruled = await ruleOnAll(tx, account, memory, watches, occurrences, now);
    const { groups } = findings.record;
    const views = () => viewsOf(fleet);
    const told = tellings(ports, { ...ruled, groups, views, book: memory.book, now });
    const record = { ...findings.record, groups: told.groups };
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
    await tx.documents.write(account, recordDocument, record);
    const { snapshot } = findings;
    if (snapshot !== undefined && isSnapshotNews(memory.snapshot, snapshot))
      await tx.documents.write(account, snapshotDocument, snapshot);
    return { rulings: ruled.rulings, record };
  });
  learn(memory, rulings, seen);
  for (const { event } of occurrences) if (event !== undefined) ports.metrics.alert(event.kind);
  return {
    ...memory,
    record,
    ...optional('snapshot', findings.snapshot ?? memory.snapshot),
    ...optional('fleet', fleet),
    ...optional('silentUntil', rulings.silentUntil),
  };
};

const learn = (
  { book, sessions }: Memory,
  { changes }: Rulings,
  seen: ReadonlyMap<AgentId, readonly SeenSession[]>,
): void => {
  book.apply(changes);
  for (const [agent, fresh] of seen) sessions.set(agent, withNewlySeen(sessions.get(agent), fresh));
};
