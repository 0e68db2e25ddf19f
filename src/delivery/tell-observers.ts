import type { Logger } from '../core/ports.ts';
import type { Conversation } from '../core/stores.ts';
import type { Sent } from './settle.ts';

/** What became of one notification. */
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

export const tellObservers = (
  { onSent, onFailed, log }: Observers & { readonly log: Logger },
  { item: { account, conversationKey, card, dueAt }, outcome, at }: Sent,
): void => {
  const delivered = { account, conversationKey, card, tookMs: at - dueAt };
  switch (outcome.kind) {
    case 'arrived':
      log.info('a notification arrived', { conversationKey, card, ms: delivered.tookMs });
      onSent(delivered);
      break;
    case 'unsure':
    case 'given-up':
    case 'conversation-dead': {
      const { kind, error } = outcome;
      log.warn('a notification did not arrive', { conversationKey, card, outcome: kind, error });
      onFailed({ ...delivered, outcome: kind, error });
      break;
    }
    default:
      log.debug('a notification is sent again', { conversationKey, card, outcome: outcome.kind });
  }
};
