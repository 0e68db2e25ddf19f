import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import type { Notice } from '../../platform/notice.ts';
import type { CardMessages, Outbox } from '../../platform/outbox.ts';
import type { Watch } from '../watches/domain/watch.ts';
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
  for (const [card, { account, conversationKey, id, groupId, watchId }] of cards) {
    const messages = await tx.cardMessages.list({ account, conversationKey }, card);
    const payload: Notice =
      groupId === undefined ? { kind: 'alert', alertId: id } : { kind: 'group', groupId, watchId };
    if (messages.length > 0)
      await tx.outbox.enqueue([{ account, conversationKey, card, kind: 'update', payload, dueAt }]);
  }
};

/** Closes the alerts of a watch without a notification of their end. */
export const closeAlerts = async (
  tx: CardCollections,
  watch: Pick<Watch, 'id' | 'account'>,
  now: number,
): Promise<void> => {
  const open = (await tx.alerts.current(watch.account)).filter(
    ({ watchId }) => watchId === watch.id,
  );
  await tx.alerts.save(open.map((alert): StoredAlert => ({ ...alert, closedAt: now })));
  await updateCards(tx, open, now);
};
