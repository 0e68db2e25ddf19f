import type { Notice } from '../../../platform/notice.ts';
import type { OutboxDraft } from '../../../platform/outbox.ts';
import { createDiagnoses } from '../../diagnosis/domain/facts.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import type { StateIndex } from './alert-states.ts';
import { type AlertChange, groupAlerts } from './group-alerts.ts';
import { groupWindowMs, isMuchWorse, type OpenGroup } from './grouping.ts';
import { type AlertTransitions, thingKey } from './transition-all.ts';

/** The name in the outbox of the message that notifies the end of an alert or group. */
export const endCard = (card: string): string => `${card}:end`;

type Alert = AlertDraft | StoredAlert;
type Groups = Readonly<Record<string, OpenGroup>>;

export interface DraftedNotifications {
  readonly drafts: readonly OutboxDraft[];
  readonly groups: Groups;
}

/**
 * Makes the messages for these changes. The beginning of a problem posts a card, and so does a
 * problem that gets worse. The end posts a message of its own under endCard, since an update of a
 * card makes no toast. Everything else updates the card in place. A group counts as one problem,
 * which ends with its last member. `open` = all alerts that are open now.
 */
export const draftNotifications = (
  alertChanges: readonly AlertChange[],
  open: readonly Alert[],
  before: Groups,
  now: number,
): DraftedNotifications => {
  const drafts: OutboxDraft[] = [];
  const groups = new Map(Object.entries(before));
  const together = new Map<string, AlertChange[]>();
  for (const alertChange of alertChanges) {
    const { groupId } = alertChange.alert;
    if (groupId === undefined || alertChange.kind === 'move')
      drafts.push(...ofAlert(alertChange, now));
    if (groupId === undefined) continue;
    const others = together.get(groupId);
    if (others === undefined) together.set(groupId, [alertChange]);
    else others.push(alertChange);
  }
  for (const [groupId, members] of together) {
    const { live, send } = ofGroup(groupId, members, open, groups.get(groupId), now);
    drafts.push(...send);
    if (live === undefined) groups.delete(groupId);
    else groups.set(groupId, live);
  }
  return { drafts, groups: Object.fromEntries(groups) };
};

const ofAlert = ({ kind, alert }: AlertChange, now: number): readonly OutboxDraft[] => {
  const card: Notice = { kind: 'alert', alertId: alert.id };
  const end: Notice = { ...card, what: 'end' };
  switch (kind) {
    case 'raise':
    case 'repost':
      return [draft(alert, alert.id, 'post', card, now)];
    case 'update':
    case 'close':
    case 'gone':
    case 'move':
      return [draft(alert, alert.id, 'update', card, now)];
    case 'end':
      return [
        draft(alert, alert.id, 'update', card, now),
        draft(alert, endCard(alert.id), 'post', end, now),
      ];
    case 'late-end':
      return [draft(alert, endCard(alert.id), 'post', end, now)];
    case 'return':
      return [draft(alert, endCard(alert.id), 'post', { ...end, alone: true }, now)];
    default:
      return kind satisfies never;
  }
};

const ofGroup = (
  groupId: string,
  alertChanges: readonly AlertChange[],
  open: readonly Alert[],
  before: OpenGroup | undefined,
  now: number,
): { readonly live: OpenGroup | undefined; readonly send: readonly OutboxDraft[] } => {
  const [first] = alertChanges;
  if (first === undefined) return { live: before, send: [] };
  const { alert } = first;
  const { watchId } = alert;
  const card: Notice = { kind: 'group', groupId, watchId };
  const endNotice: Notice = { ...card, what: 'end' };
  const end = draft(alert, endCard(groupId), 'post', endNotice, now);
  const has = (...kinds: readonly AlertChange['kind'][]): boolean =>
    alertChanges.some(({ kind }) => kinds.includes(kind));
  if (before === undefined && !has('raise')) {
    // These problems were never notified, so there is no card. Only the recovery is notified.
    const alone = draft(alert, endCard(groupId), 'post', { ...endNotice, alone: true }, now);
    return { live: undefined, send: has('return') ? [alone] : [] };
  }
  const bad = new Set(open.filter((one) => one.groupId === groupId).map(({ agentId }) => agentId));
  const worse = before === undefined || isMuchWorse(before.posted, bad.size);
  const update = draft(alert, groupId, worse ? 'post' : 'update', card, now);
  const recovered = before?.recovered === true || has('end', 'late-end');
  const posted = worse ? bad.size : before.posted;
  if (bad.size > 0) return { live: { watchId, posted, recovered }, send: [update] };
  if (has('end', 'late-end') || (recovered && !has('close')))
    return { live: undefined, send: [update, end] };
  // The end of a group that closed during a silence is notified after it.
  return { live: has('close') ? { watchId, posted, recovered } : undefined, send: [update] };
};

const draft = (
  { account, conversationKey }: Alert,
  card: string,
  kind: OutboxDraft['kind'],
  payload: Notice,
  dueAt: number,
): OutboxDraft => ({ account, conversationKey, card, kind, payload, dueAt });

export interface PlannedNotifications {
  readonly opened: readonly AlertDraft[];
  readonly changed: readonly StoredAlert[];
  readonly drafts: readonly OutboxDraft[];
  readonly groups: Groups;
}

interface PlanningFacts {
  readonly transitions: AlertTransitions;
  readonly watches: ReadonlyMap<string, Watch>;
  readonly existing: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
  /** The open groups, by their ids. */
  readonly groups: Groups;
  readonly views: () => readonly AgentView[];
  readonly book: Pick<StateIndex, 'find'>;
  readonly now: number;
}

/** The alerts and messages that follow from all transitions together. */
export const planNotifications = (
  { newId, pollSeconds }: { readonly newId: () => string; readonly pollSeconds: number },
  planned: PlanningFacts,
): PlannedNotifications => {
  const { transitions, open, now } = planned;
  const grouping = {
    windowMs: groupWindowMs(pollSeconds),
    now,
    newId,
    diagnosis: createDiagnoses(planned.views),
  };
  const alertChanges = [...transitions.byWatch].flatMap(([watchId, some]) => {
    const watch = planned.watches.get(watchId);
    const ofWatch = open.filter((alert) => alert.watchId === watchId);
    return watch === undefined ? [] : groupAlerts(watch, some, ofWatch, grouping);
  });
  const all = [...alertChanges, ...orphans(planned, alertChanges)];
  const newest = new Map(open.map((alert): [string, AlertChange['alert']] => [alert.id, alert]));
  for (const { alert } of all) newest.set(alert.id, alert);
  const unchanged = new Set<AlertChange['alert']>(open);
  const still = [...newest.values()].filter(({ closedAt }) => closedAt === undefined);
  const { drafts, groups } = draftNotifications(all, still, planned.groups, now);
  return {
    opened: all.flatMap(({ alert }) => ('number' in alert ? [] : alert)),
    changed: [...newest.values()].filter(isStored).filter((alert) => !unchanged.has(alert)),
    drafts,
    groups,
  };
};

const isStored = (alert: AlertChange['alert']): alert is StoredAlert => 'number' in alert;

/**
 * Open alerts without an open problem: their watch has ended, or does not match them any more. They
 * close without a notification. This also repairs alerts that an interrupted poll left open.
 */
const orphans = (
  { transitions, existing, open, book, now }: PlanningFacts,
  alertChanges: readonly AlertChange[],
): readonly AlertChange[] => {
  const changed = new Set(alertChanges.map(({ alert }) => alert.id));
  const changes = new Map(
    open.length === 0 ? [] : transitions.changes.map((change) => [thingKey(change), change]),
  );
  const isWatched = (alert: StoredAlert): boolean => {
    const change = changes.get(thingKey(alert));
    const newest = change === undefined ? book.find(alert) : change.after;
    return existing.has(alert.watchId) && newest?.state.problem !== undefined;
  };
  return open
    .filter((alert) => !changed.has(alert.id) && !isWatched(alert))
    .map((alert) => ({ kind: 'gone', alert: { ...alert, closedAt: now } }));
};
