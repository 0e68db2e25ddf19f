import { isMuchWorse } from '../core/incident.ts';
import type { LiveGroup } from '../core/monitor-record.ts';
import { endCard, type Notice } from '../core/notice.ts';
import type { OutboxDraft } from '../core/outbox.ts';
import type { AlertDraft, StoredAlert } from '../core/watch-stores.ts';
import type { Touch } from './place-alerts.ts';

type Alert = AlertDraft | StoredAlert;
type Groups = Readonly<Record<string, LiveGroup>>;

export interface Announcements {
  readonly drafts: readonly OutboxDraft[];
  readonly groups: Groups;
}

/**
 * Which messages what happened makes. Told anew: the beginning of a problem, and that it got worse.
 * Told besides, by a message of its own under endCard: the end of what people were told of, since an
 * update of the card makes no toast. Everything else updates the card where it stands. A group is told
 * like one problem, whose end is that of its last member. `open` = all alerts that are open now.
 */
export const announce = (
  touches: readonly Touch[],
  open: readonly Alert[],
  before: Groups,
  now: number,
): Announcements => {
  const drafts: OutboxDraft[] = [];
  const groups = new Map(Object.entries(before));
  const together = new Map<string, Touch[]>();
  for (const touch of touches) {
    const { groupId } = touch.alert;
    if (groupId === undefined || touch.kind === 'move') drafts.push(...ofAlert(touch, now));
    if (groupId === undefined) continue;
    const others = together.get(groupId);
    if (others === undefined) together.set(groupId, [touch]);
    else others.push(touch);
  }
  for (const [groupId, members] of together) {
    const { live, send } = ofGroup(groupId, members, open, groups.get(groupId), now);
    drafts.push(...send);
    if (live === undefined) groups.delete(groupId);
    else groups.set(groupId, live);
  }
  return { drafts, groups: Object.fromEntries(groups) };
};

const ofAlert = ({ kind, alert }: Touch, now: number): readonly OutboxDraft[] => {
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
    case 'return':
      return [draft(alert, endCard(alert.id), 'post', end, now)];
    default:
      return kind satisfies never;
  }
};

const ofGroup = (
  groupId: string,
  touches: readonly Touch[],
  open: readonly Alert[],
  before: LiveGroup | undefined,
  now: number,
): { readonly live: LiveGroup | undefined; readonly send: readonly OutboxDraft[] } => {
  const [first] = touches;
  if (first === undefined) return { live: before, send: [] };
  const { alert } = first;
  const { watchId } = alert;
  const card: Notice = { kind: 'group', groupId, watchId };
  const end = draft(alert, endCard(groupId), 'post', { ...card, what: 'end' }, now);
  const has = (...kinds: readonly Touch['kind'][]): boolean =>
    touches.some(({ kind }) => kinds.includes(kind));
  if (before === undefined && !has('raise')) {
    // Learned silently, it has no card: only that all came back is told.
    return { live: undefined, send: has('return') ? [end] : [] };
  }
  const bad = new Set(open.filter((one) => one.groupId === groupId).map(({ agentId }) => agentId));
  const worse = before === undefined || isMuchWorse(before.posted, bad.size);
  const update = draft(alert, groupId, worse ? 'post' : 'update', card, now);
  const recovered = before?.recovered === true || has('end', 'late-end');
  const posted = worse ? bad.size : before.posted;
  if (bad.size > 0) return { live: { watchId, posted, recovered }, send: [update] };
  if (has('end', 'late-end') || (recovered && !has('close')))
    return { live: undefined, send: [update, end] };
  // What was closed in silence is told when that is over.
  return { live: has('close') ? { watchId, posted, recovered } : undefined, send: [update] };
};

const draft = (
  { account, conversationKey }: Alert,
  card: string,
  kind: OutboxDraft['kind'],
  payload: Notice,
  dueAt: number,
): OutboxDraft => ({ account, conversationKey, card, kind, payload, dueAt });
