import type { Notice } from '../core/notice.ts';
import type { StoreTransaction } from '../core/store.ts';
import type { StoredAlert } from '../core/watch-stores.ts';

/** Brings the messages that show these alerts up to date; what was not posted yet comes in its newest state anyway. */
export const updateCards = async (
  tx: Pick<StoreTransaction, 'cardMessages' | 'outbox'>,
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
