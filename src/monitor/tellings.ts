import { groupWindowMs } from '../core/incident.ts';
import type { KeptWatch } from '../core/kept-watch.ts';
import type { MonitorRecord } from '../core/monitor-record.ts';
import type { OutboxDraft } from '../core/outbox.ts';
import type { AlertDraft, StoredAlert } from '../core/watch-stores.ts';
import { announce } from './announce.ts';
import { createDiagnoses } from './describe.ts';
import { type Memory, type SweptFleet, viewsOf } from './memory.ts';
import { placeAlerts, type Touch } from './place-alerts.ts';
import type { MonitorPorts } from './ports.ts';
import { type Rulings, thingKey } from './rule-on.ts';

export interface Tellings {
  readonly opened: readonly AlertDraft[];
  readonly changed: readonly StoredAlert[];
  readonly drafts: readonly OutboxDraft[];
  readonly record: MonitorRecord;
}

interface Told {
  readonly rulings: Rulings;
  readonly watches: ReadonlyMap<string, KeptWatch>;
  readonly existing: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
  readonly record: MonitorRecord;
  readonly fleet: SweptFleet | undefined;
  readonly memory: Memory;
  readonly now: number;
}

/** The alerts and messages that follow from all rulings together. */
export const tellings = ({ newId, pollSeconds }: MonitorPorts, told: Told): Tellings => {
  const { rulings, open, record, now } = told;
  const placing = {
    windowMs: groupWindowMs(pollSeconds),
    now,
    newId,
    diagnosis: createDiagnoses(() => viewsOf(told.fleet)),
  };
  const touches = [...rulings.byWatch].flatMap(([watchId, some]) => {
    const watch = told.watches.get(watchId);
    const ofWatch = open.filter((alert) => alert.watchId === watchId);
    return watch === undefined ? [] : placeAlerts(watch, some, ofWatch, placing);
  });
  const all = [...touches, ...orphans(told, touches)];
  const newest = new Map(open.map((alert): [string, Touch['alert']] => [alert.id, alert]));
  for (const { alert } of all) newest.set(alert.id, alert);
  const unchanged = new Set<Touch['alert']>(open);
  const still = [...newest.values()].filter(({ closedAt }) => closedAt === undefined);
  const { drafts, groups } = announce(all, still, record.groups, now);
  return {
    opened: all.flatMap(({ alert }) => ('number' in alert ? [] : alert)),
    changed: [...newest.values()].filter(isStored).filter((alert) => !unchanged.has(alert)),
    drafts,
    record: { ...record, groups },
  };
};

const isStored = (alert: Touch['alert']): alert is StoredAlert => 'number' in alert;

/**
 * Open alerts that nobody learns about any more: their watch ended, or is not about them now. They end
 * in silence. An alert is open as long as its problem is known, so this also mends what broke off.
 */
const orphans = (
  { rulings, existing, open, memory, now }: Told,
  touches: readonly Touch[],
): readonly Touch[] => {
  const touched = new Set(touches.map(({ alert }) => alert.id));
  const changes = new Map(
    open.length === 0 ? [] : rulings.changes.map((change) => [thingKey(change), change]),
  );
  const isWatched = (alert: StoredAlert): boolean => {
    const change = changes.get(thingKey(alert));
    const kept = change === undefined ? memory.book.find(alert) : change.after;
    return existing.has(alert.watchId) && kept?.state.problem !== undefined;
  };
  return open
    .filter((alert) => !touched.has(alert.id) && !isWatched(alert))
    .map((alert) => ({ kind: 'gone', alert: { ...alert, closedAt: now } }));
};
