import type { Conversation, Installations } from '../platform/conversation.ts';
import type { Logger } from '../platform/log.ts';
import type { Notice, Rendered } from '../platform/notice.ts';
import type { CardMessages, ConversationQueue, Outbox, OutboxItem } from '../platform/outbox.ts';
import type { Leases } from '../platform/store.ts';
import { governmentHost, type Outcome } from './outcome.ts';

/** The collections that delivery works on. */
export interface Collections {
  readonly outbox: Outbox;
  readonly installations: Installations;
  readonly cardMessages: CardMessages;
  readonly leases: Leases;
}

export interface Sent {
  readonly queue: ConversationQueue;
  readonly item: OutboxItem;
  /** The message that it was to replace, and the one whose thread it was to go into. */
  readonly replaced?: string;
  readonly thread?: string;
  /** The message of the same card before this one, and what it shows from now on. */
  readonly earlier?: { readonly messageId: string; readonly payload: Notice };
  readonly outcome: Outcome;
  readonly at: number;
}

/** Nothing where the card had no message before, or has nothing to say on it. */
export const earlierOf = (
  messageId: string | undefined,
  earlier: Rendered['earlier'],
): Sent['earlier'] =>
  messageId === undefined || earlier === undefined
    ? undefined
    : { messageId, payload: earlier(messageId) };

/** Stores the outcome of a send, in one transaction. */
export const recordOutcome = async (tx: Collections, sent: Sent): Promise<void> => {
  const { queue, item, replaced, thread, outcome, at } = sent;
  const { outbox, installations, cardMessages } = tx;
  switch (outcome.kind) {
    case 'arrived':
      await outbox.done(queue, item, at);
      if (replaced === undefined) {
        await cardMessages.add(item, item.card, outcome.messageId, at);
        await changeEarlier(outbox, sent);
      }
      return installations.countSent(item);
    case 'unsure':
      await outbox.done(queue, item, at, outcome.error);
      return installations.countFailed(item, outcome.error);
    case 'later': {
      const { failingSince, ...rest } = item;
      const failing =
        outcome.outage === undefined ? { ...rest, failingSince: failingSince ?? at } : rest;
      await outbox.postpone(queue, failing, at + outcome.waitMs, true);
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
      await outbox.giveUp(queue, item, outcome.error, at);
      return installations.countFailed(item, outcome.error);
    case 'conversation-dead':
      await installations.markDead(item, outcome.error);
      await outbox.abandon(item, outcome.error, at);
      return installations.countFailed(item, outcome.error);
    default:
      return outcome satisfies never;
  }
};

/** A notification with a final outcome. */
export interface Delivered extends Conversation {
  readonly card: string;
  /** Since it was due, or due again. */
  readonly tookMs: number;
}

export interface Undelivered extends Delivered {
  /** 'unsure' = it may have arrived, and is not sent again. */
  readonly outcome: 'given-up' | 'unsure' | 'conversation-dead';
  /** Teams' code where there is one. */
  readonly error: string;
}

export interface Observers {
  readonly onSent: (delivered: Delivered) => void;
  readonly onFailed: (undelivered: Undelivered) => void;
}

export const reportOutcome = (
  { onSent, onFailed, log }: Observers & { readonly log: Logger },
  { item: { account, conversationKey, card, dueAt }, outcome, at }: Sent,
): void => {
  const delivered = { account, conversationKey, card, tookMs: at - dueAt };
  switch (outcome.kind) {
    case 'arrived':
      log.info('delivery.arrived', { conversationKey, card, ms: delivered.tookMs });
      onSent(delivered);
      break;
    case 'unsure':
    case 'given-up':
    case 'conversation-dead': {
      const { kind, error } = outcome;
      log.warn('delivery.given-up', { conversationKey, card, outcome: kind, error });
      onFailed({ ...delivered, outcome: kind, error });
      break;
    }
    default:
      log.debug('delivery.retried', { conversationKey, card, outcome: outcome.kind });
  }
};

/** A newer message has the news and the buttons: the one before it is changed, under a name of its own. */
const changeEarlier = async (
  outbox: Pick<Outbox, 'enqueue'>,
  { item, earlier, at }: Sent,
): Promise<void> => {
  if (earlier === undefined) return;
  const { account, conversationKey } = item;
  const { messageId, payload } = earlier;
  const card = `${item.card}:${messageId}`;
  await outbox.enqueue([{ account, conversationKey, card, kind: 'update', payload, dueAt: at }]);
};
