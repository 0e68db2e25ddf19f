import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import type { Notice } from '../../platform/notice.ts';
import type { CardMessages, Outbox } from '../../platform/outbox.ts';
import type { Watch } from '../watches/domain/watch.ts';
import {
  type AlertDetail,
  type AlertRow,
  isOpen,
  isOpenRow,
  readDetail,
} from './domain/alert-detail.ts';
import type { Alerts, StoredAlert } from './store.ts';

export interface CardCollections {
  readonly alerts: Alerts;
  readonly cardMessages: CardMessages;
  readonly outbox: Outbox;
}

/** Updates the cards of these agents, since they show whether their agent is muted. */
export const showOn = async (
  tx: CardCollections,
  scope: Scope,
  agents: readonly (AgentId | '')[],
  now: number,
): Promise<void> => {
  const open = (await tx.alerts.current(scope.account)).filter(
    (alert) =>
      isSameConversation(alert, scope) && (agents.includes('') || agents.includes(alert.agentId)),
  );
  await updateCards(tx, open, now);
};

/** Updates posted cards only: one that waits in the outbox shows the newest state anyway. */
export const updateCards = async (
  tx: Omit<CardCollections, 'alerts'>,
  alerts: readonly StoredAlert[],
  dueAt: number,
): Promise<void> => {
  const cards = new Map(alerts.map((alert) => [alert.groupId ?? alert.id, alert]));
  for (const [card, { account, conversationKey, id, groupId }] of cards) {
    const messages = await tx.cardMessages.list({ account, conversationKey }, card);
    const payload: Notice =
      groupId === undefined ? { kind: 'alert', alertId: id } : { kind: 'group', groupId };
    if (messages.length > 0)
      await tx.outbox.enqueue([{ account, conversationKey, card, kind: 'update', payload, dueAt }]);
  }
};

/**
 * Takes a watch that has ended out of the open alerts. Those that no other watch has end without a
 * notification. Their cards say so.
 */
export const closeAlerts = async (
  tx: CardCollections,
  watch: Pick<Watch, 'id' | 'account'>,
  now: number,
): Promise<void> => {
  const changed = (await tx.alerts.current(watch.account)).flatMap((alert) => {
    const detail = readDetail(alert);
    const without = detail && withoutWatch(detail, watch.id, now);
    return without === undefined
      ? []
      : [{ ...alert, detail: without, ...(isOpen(without) ? {} : { closedAt: now }) }];
  });
  await tx.alerts.save(changed);
  await updateCards(tx, changed, now);
};

/** Undefined if it has nothing of this watch. */
const withoutWatch = (
  detail: AlertDetail,
  watchId: string,
  now: number,
): AlertDetail | undefined => {
  if (!detail.rows.some(({ watchIds }) => watchIds.includes(watchId))) return undefined;
  const rows = detail.rows.map((row): AlertRow => {
    const watchIds = row.watchIds.filter((id) => id !== watchId);
    return watchIds.length === 0 && isOpenRow(row)
      ? { ...row, watchIds, state: 'unwatched' }
      : { ...row, watchIds };
  });
  if (rows.some(isOpenRow)) return { ...detail, rows };
  const { endDue: _, ...rest } = detail;
  return isOpen(detail) ? { ...rest, rows, state: 'unwatched', endedAt: now } : { ...rest, rows };
};
