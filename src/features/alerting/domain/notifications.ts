import type { Notice } from '../../../platform/notice.ts';
import type { OutboxDraft } from '../../../platform/outbox.ts';
import { groupBy } from '../../../shared/grouped.ts';
import type { AlertChange } from './alert-changes.ts';
import { isOpen, readDetail } from './alert-detail.ts';
import type { GroupedChanges, Groups } from './group-alerts.ts';
import { isMuchWorse, type OpenGroup } from './grouping.ts';

/** The name in the outbox of the message that notifies the end of an alert or group. */
export const endCard = (card: string): string => `${card}:end`;

type Alert = AlertChange['alert'];

export interface DraftedNotifications {
  readonly drafts: readonly OutboxDraft[];
  readonly groups: Groups;
}

/**
 * Makes the messages for these changes. The beginning of a problem posts a card, and so does a
 * problem that gets clearly worse. The end posts a message of its own under endCard, since an
 * update of a card makes no toast. Everything else updates the card in place. A group counts as one
 * problem, which ends with its last member. `open` = all alerts that have not ended.
 */
export const draftNotifications = (
  { changes, moved }: GroupedChanges,
  before: Groups,
  open: readonly Alert[],
  now: number,
): DraftedNotifications => {
  const drafts: OutboxDraft[] = moved.map((alert) =>
    draft(alert, alert.id, 'update', { kind: 'alert', alertId: alert.id }, now),
  );
  const groups = new Map(Object.entries(before));
  const members = groupBy(open, ({ groupId }) => groupId);
  const together = groupBy(changes, ({ alert }) => alert.groupId);
  for (const change of together.get(undefined) ?? []) drafts.push(...ofAlert(change, now));
  for (const [groupId, some] of together) {
    if (groupId === undefined) continue;
    const { live, send } = ofGroup(groupId, some, members.get(groupId) ?? [], groups, now);
    drafts.push(...send);
    if (live === undefined) groups.delete(groupId);
    else groups.set(groupId, live);
  }
  return { drafts, groups: Object.fromEntries(groups) };
};

const ofAlert = ({ kind, alert }: AlertChange, now: number): readonly OutboxDraft[] => {
  const card: Notice = { kind: 'alert', alertId: alert.id };
  switch (kind) {
    case 'raise':
    case 'worsen':
      return [draft(alert, alert.id, 'post', card, now)];
    case 'update':
    case 'drop':
    case 'merge':
      return [draft(alert, alert.id, 'update', card, now)];
    case 'resolve':
      return [
        draft(alert, alert.id, 'update', card, now),
        draft(alert, endCard(alert.id), 'post', { ...card, what: 'end' }, now),
      ];
    case 'announce':
      return [draft(alert, endCard(alert.id), 'post', { ...card, what: 'end' }, now)];
    case 'note':
      return [];
    default:
      return kind satisfies never;
  }
};

const ofGroup = (
  groupId: string,
  changes: readonly AlertChange[],
  members: readonly Alert[],
  groups: ReadonlyMap<string, OpenGroup>,
  now: number,
): { readonly live: OpenGroup | undefined; readonly send: readonly OutboxDraft[] } => {
  const before = groups.get(groupId);
  const [first] = changes;
  if (first === undefined) return { live: before, send: [] };
  const { alert } = first;
  const card: Notice = { kind: 'group', groupId };
  const known = new Map(changes.map((change) => [change.alert, change.detail]));
  const isOpenNow = (one: Alert): boolean => {
    const detail = known.get(one) ?? readDetail(one);
    return detail !== undefined && isOpen(detail);
  };
  const bad = new Set(members.filter(isOpenNow).map(({ agentId }) => agentId));
  const worse = bad.size > 0 && isMuchWorse(before?.posted ?? 0, bad.size);
  const isNews = changes.some(({ kind }) => kind !== 'note' && kind !== 'announce');
  const send = isNews ? [draft(alert, groupId, worse ? 'post' : 'update', card, now)] : [];
  const count = (is: (change: AlertChange) => boolean): number => changes.filter(is).length;
  const back = count(({ kind }) => kind === 'resolve' || kind === 'announce');
  const recovered = before?.recovered === true || back > 0;
  // Who was away as usual all along is not back, and a group of mostly such was no news.
  const asUsual = count(({ detail }) => detail.state === 'usual');
  const usual = (before?.usual ?? 0) + asUsual - back;
  const endsAsUsual = asUsual > 0 || usual > 0;
  if (members.length === 0)
    return {
      live: undefined,
      send:
        recovered && !endsAsUsual
          ? [...send, draft(alert, endCard(groupId), 'post', { ...card, what: 'end' }, now)]
          : send,
    };
  const { conversationKey } = alert;
  const posted = worse ? bad.size : (before?.posted ?? bad.size);
  return { live: { conversationKey, posted, recovered, ...(usual === 0 ? {} : { usual }) }, send };
};

const draft = (
  { account, conversationKey }: Alert,
  card: string,
  kind: OutboxDraft['kind'],
  payload: Notice,
  dueAt: number,
): OutboxDraft => ({ account, conversationKey, card, kind, payload, dueAt });
