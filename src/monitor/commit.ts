import { commitEvaluations } from '../features/alerting/commit.ts';
import type { Evaluation } from '../features/alerting/domain/evaluate.ts';
import { readHours } from '../features/alerting/read-hours.ts';
import type { ObservedFleet } from '../features/fleet/domain/observation.ts';
import { withNewlySeen } from '../features/fleet/domain/seen-sessions.ts';
import {
  type FleetSnapshot,
  isSnapshotNews,
  snapshotDocument,
} from '../features/fleet/domain/snapshot.ts';
import type { SeenSession } from '../features/fleet/store.ts';
import type { OutageNotice } from '../features/health/domain/outage.ts';
import { outageDrafts } from '../features/health/notices.ts';
import { quarterOf } from '../features/history/domain/quarters.ts';
import type { Sample } from '../features/history/store.ts';
import type { AgentId } from '../platform/agent.ts';
import { optional } from '../shared/optional.ts';
import { factsBefore, type PolledInventory, saveInventory } from './inventory.ts';
import { type MonitorRecord, recordDocument } from './record.ts';
import type { MonitorCollections, MonitorPorts, MonitorState } from './state.ts';

/** All that one read of the fleet, or of a part of it, has brought. */
export interface Findings {
  /** ms since 1970 */
  readonly now: number;
  readonly record: MonitorRecord;
  readonly notices?: readonly OutageNotice[];
  readonly evaluations?: readonly Evaluation[];
  readonly samples?: readonly Sample[];
  readonly seen?: ReadonlyMap<AgentId, readonly SeenSession[]>;
  /** Agents that have left for good. */
  readonly forgotten?: readonly AgentId[];
  readonly snapshot?: FleetSnapshot;
  readonly fleet?: ObservedFleet;
  /** Who is online, of a whole poll that is believed: asked once a quarter of an hour. */
  readonly online?: () => ReadonlySet<AgentId>;
  /** What it says of the agents themselves. */
  readonly inventory?: PolledInventory;
}

/** Makes sure, inside the transaction, that no other instance has taken over. */
export type Fence = (tx: Pick<MonitorCollections, 'leases'>) => Promise<void>;

/** Stores all of it or nothing, with the notifications that follow; then it is known. */
export const commitFindings = async (
  ports: MonitorPorts,
  monitorState: MonitorState,
  findings: Findings,
  fence: Fence,
): Promise<MonitorState> => {
  const { account, store } = ports;
  const { evaluations = [], samples = [], seen = new Map(), forgotten: gone = [], now } = findings;
  const fleet = findings.fleet ?? monitorState.fleet;
  const { online } = findings;
  const isNewQuarter = online !== undefined && quarterOf(now) !== monitorState.markedQuarter;
  const hours = await readHours(ports, monitorState, evaluations);
  const { open, pending, suppressed, record, heldChanges } = await store.transaction(async (tx) => {
    await fence(tx);
    const watches = await tx.watches.all(account);
    const { groups, open, pending, suppressed } = await commitEvaluations(
      ports,
      tx,
      monitorState,
      watches,
      {
        evaluations,
        fleet,
        groups: findings.record.groups,
        hours,
        ...factsBefore(monitorState, findings.inventory),
        now,
      },
    );
    const record = { ...findings.record, groups };
    const sight = { ...ports, watches, now };
    await tx.outbox.enqueue(await outageDrafts(tx, findings.notices ?? [], sight));
    await tx.samples.add(account, samples);
    if (isNewQuarter) await tx.presence.mark(account, now, online());
    await tx.sessions.rememberAll(account, seen);
    for (const agent of gone) await tx.sessions.forget(account, agent);
    await tx.documents.write(account, recordDocument, record);
    const { snapshot } = findings;
    if (snapshot !== undefined && isSnapshotNews(monitorState.snapshot, snapshot))
      await tx.documents.write(account, snapshotDocument, snapshot);
    const heldChanges = await saveInventory(ports, tx, monitorState, {
      watches,
      now,
      ...optional('inventory', findings.inventory),
    });
    return { open, pending, suppressed, record, heldChanges };
  });
  for (const agent of findings.inventory?.learned ?? []) monitorState.known.set(agent.id, agent);
  for (const agent of findings.inventory?.forgotten ?? []) monitorState.known.delete(agent);
  await learn(monitorState, evaluations, seen);
  for (const agent of gone) monitorState.sessions.delete(agent);
  for (const { event } of evaluations)
    if (event !== undefined) ports.metrics.alert(event.kind, account);
  return {
    ...monitorState,
    record,
    ...optional('snapshot', findings.snapshot ?? monitorState.snapshot),
    ...optional('fleet', fleet),
    open,
    pending,
    suppressed: suppressed.alerts,
    ...(isNewQuarter ? { markedQuarter: quarterOf(now) } : {}),
    heldChanges,
  };
};

const learn = async (
  { book, sessions }: MonitorState,
  evaluations: readonly Evaluation[],
  seen: ReadonlyMap<AgentId, readonly SeenSession[]>,
): Promise<void> => {
  await book.apply(evaluations);
  for (const [agent, fresh] of seen) sessions.set(agent, withNewlySeen(sessions.get(agent), fresh));
};
