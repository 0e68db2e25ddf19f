import type { Conversation } from './conversation.ts';

/** A message that is to be sent; its words are made at the moment of sending. */
export interface OutboxDraft extends Conversation {
  /** Of one card only one message waits: a later draft replaces the payload of the earlier one. */
  readonly card: string;
  /** A waiting post stays a post, whatever comes after it. */
  readonly kind: 'post' | 'update';
  readonly payload: unknown;
  readonly dueAt: number;
}

export interface OutboxItem extends OutboxDraft {
  readonly id: number;
  /** Sends that failed so far. */
  readonly attempts: number;
  /** Somebody began to send it and was never heard of again: it may have arrived. */
  readonly inDoubt: boolean;
  /** The time of the first send that failed. */
  readonly failingSince?: number;
  /** Of the turn or poll that brought the newest of it about. */
  readonly correlationId?: string;
}

/** The sole right to send to a conversation, until its lease is over. */
export interface ConversationQueue extends Conversation {
  readonly claim: string;
}

export interface Outbox {
  enqueue(drafts: readonly OutboxDraft[]): Promise<void>;
  /**
   * A conversation with something due by `now` that nobody works on; the one that waited longest first. The lease runs
   * by the store's own clock, whatever `now` is.
   */
  claimQueue(now: number, leaseMs: number): Promise<ConversationQueue | undefined>;
  /** The queue's next due item in its newest form, marked as being sent from now on. Undefined too when the queue was lost. */
  next(queue: ConversationQueue, now: number): Promise<OutboxItem | undefined>;
  /** False when the queue was lost meanwhile. */
  extend(queue: ConversationQueue, leaseMs: number): Promise<boolean>;
  /** Nobody claims it again before `restUntil`: now, or when the conversation may be sent to again. */
  leave(queue: ConversationQueue, restUntil: number): Promise<void>;
  /** It arrived, or with an error may have. Like the next two: false when the item is no longer this queue's. */
  done(queue: ConversationQueue, item: OutboxItem, at: number, error?: string): Promise<boolean>;
  /** To be tried again, with the item's `failingSince`; counts the attempt unless nothing was sent. */
  postpone(
    queue: ConversationQueue,
    item: OutboxItem,
    dueAt: number,
    sent: boolean,
  ): Promise<boolean>;
  giveUp(queue: ConversationQueue, item: OutboxItem, error: string, at: number): Promise<boolean>;
  /** The conversation is dead: gives up all that waits for it. */
  abandon(conversation: Conversation, error: string, at: number): Promise<void>;
  /**
   * The conversation lives again: what was given up there waits again, if `lasts` says of its payload that it
   * may still be worth saying. It changes a message that is there, and is posted where none is.
   */
  revive(
    conversation: Conversation,
    lasts: (payload: unknown) => boolean,
    now: number,
  ): Promise<void>;
  /** Whether one of these cards was sent, within the last day, with an outcome that nobody knows. */
  mayHaveArrived(conversation: Conversation, cards: readonly string[]): Promise<boolean>;
  /** All that waits for a time to come, a retry or a rest, is due by now: the clock was set, and that time may be far. */
  waitForNothing(now: number): Promise<void>;
  /** What waits, of one account or of all, and the time since when the longest overdue one is due. */
  backlog(account?: string): Promise<{ readonly waiting: number; readonly oldestDueAt?: number }>;
  /** When messages to the conversation arrived since then, oldest first. */
  sentSince(conversation: Conversation, since: number): Promise<readonly number[]>;
  /** The time of the earliest item that nobody is sending. */
  nextDueAt(): Promise<number | undefined>;
}

/** Which messages show a card; a card is named by its alert's or group's id. */
export interface CardMessages {
  add(conversation: Conversation, card: string, messageId: string, at: number): Promise<void>;
  /** Oldest first: the first one heads the thread, the last one is updated. */
  list(conversation: Conversation, card: string): Promise<readonly string[]>;
  /** Teams no longer knows the message. */
  forget(conversation: Conversation, messageId: string): Promise<void>;
}
