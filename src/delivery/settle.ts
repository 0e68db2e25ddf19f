import type { Lane, OutboxItem } from '../core/outbox.ts';
import type { StoreTransaction } from '../core/store.ts';
import { governmentHost, type Outcome } from './outcome.ts';

export interface Sent {
  readonly lane: Lane;
  readonly item: OutboxItem;
  /** The message that it was to replace, and the one in whose thread it was to stand. */
  readonly replaced?: string;
  readonly thread?: string;
  readonly outcome: Outcome;
  readonly at: number;
}

/** Writes down what became of a send, in one transaction. */
export const settle = async (tx: StoreTransaction, sent: Sent): Promise<void> => {
  const { lane, item, replaced, thread, outcome, at } = sent;
  const { outbox, installations, cardMessages } = tx;
  switch (outcome.kind) {
    case 'arrived':
      await outbox.done(lane, item, at);
      if (replaced === undefined) await cardMessages.add(item, item.card, outcome.messageId, at);
      return installations.countSent(item);
    case 'unsure':
      await outbox.done(lane, item, at);
      return installations.countFailed(item, outcome.error, at);
    case 'later': {
      const { failingSince, ...rest } = item;
      const failing =
        outcome.outage === undefined ? { ...rest, failingSince: failingSince ?? at } : rest;
      await outbox.postpone(lane, failing, at + outcome.waitMs, true);
      return;
    }
    case 'as-new-message':
      if (replaced !== undefined) await cardMessages.forget(item, replaced);
      return;
    case 'outside-the-thread':
      if (thread !== undefined) await cardMessages.forget(item, thread);
      return;
    case 'over-the-government-host':
      return installations.moveTo(item, governmentHost);
    case 'given-up':
      await outbox.giveUp(lane, item, outcome.error, at);
      return installations.countFailed(item, outcome.error, at);
    case 'conversation-dead':
      await installations.markDead(item, outcome.error);
      await outbox.abandon(item, outcome.error, at);
      return installations.countFailed(item, outcome.error, at);
    default:
      return outcome satisfies never;
  }
};
