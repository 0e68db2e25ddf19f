import type { Actor, Conversation } from '../../platform/conversation.ts';

export interface WatchDraft extends Conversation {
  readonly filter: string;
  readonly rule: unknown;
  readonly madeBy: Actor;
  readonly createdAt: number;
}

export interface StoredWatch extends WatchDraft {
  readonly id: string;
  /** What `unwatch` takes; never given twice in one conversation. */
  readonly number: number;
}

export interface Watches {
  add(draft: WatchDraft): Promise<StoredWatch>;
  find(id: string): Promise<StoredWatch | undefined>;
  list(conversation: Conversation): Promise<readonly StoredWatch[]>;
  all(account: string): Promise<readonly StoredWatch[]>;
  /** Whole new terms under the same number; its alert states are forgotten. False when it is gone. */
  change(id: string, terms: Pick<WatchDraft, 'filter' | 'rule'>): Promise<boolean>;
  /** Ends it and forgets its alert states. */
  remove(conversation: Conversation, number: number): Promise<StoredWatch | undefined>;
}
