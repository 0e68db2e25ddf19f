import { AlertDetail } from './alert-detail.ts';
import type { Notice } from './notice.ts';
import type { OutboxDraft } from './outbox.ts';
import type { WatchRule } from './watch.ts';
import type { StoredAlert } from './watch-stores.ts';

/** The watch that an alert is told by. */
export interface ToldBy {
  readonly id: string;
  readonly number: number;
  readonly rule: WatchRule;
  /** The name of who made it. */
  readonly madeBy: string;
}

/** One problem, as it is now. */
export interface ToldAlert {
  readonly id: string;
  readonly number: number;
  readonly agentId: string;
  readonly detail: AlertDetail;
  readonly ackedBy?: { readonly name: string; readonly at: number };
  /** Absent when it has ended. */
  readonly watch?: ToldBy;
  /** ms since 1970 */
  readonly mutedUntil?: number;
}

/** What one card shows: a problem of its own, or several that came together. */
export type ToldCard =
  | { readonly kind: 'alert'; readonly alert: ToldAlert }
  | {
      readonly kind: 'group';
      readonly id: string;
      /** In the order in which they began. */
      readonly members: readonly ToldAlert[];
      readonly watch?: ToldBy;
    };

/** Nothing for a detail that cannot be read. */
export const readDetail = ({ detail }: Pick<StoredAlert, 'detail'>): AlertDetail | undefined =>
  AlertDetail.safeParse(detail).data;

/** An update of the message that shows this alert, or its group. */
export const cardUpdate = (
  { account, conversationKey, id, groupId, watchId }: StoredAlert,
  dueAt: number,
): OutboxDraft => {
  const payload: Notice =
    groupId === undefined ? { kind: 'alert', alertId: id } : { kind: 'group', groupId, watchId };
  return { account, conversationKey, card: groupId ?? id, kind: 'update', payload, dueAt };
};
