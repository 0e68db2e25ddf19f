import type { Actor, Conversation } from '../../platform/conversation.ts';

export interface WatchDraft extends Conversation {
  readonly filter: string;
  readonly rule: unknown;
  readonly madeBy: Actor;
  readonly createdAt: number;
}

export interface StoredWatch extends WatchDraft {
  readonly id: string;
  /** The number that `unwatch` takes. A conversation never uses one twice. */
  readonly number: number;
}

export interface Watches {
  add(draft: WatchDraft): Promise<StoredWatch>;
  find(id: string): Promise<StoredWatch | undefined>;
  list(conversation: Conversation): Promise<readonly StoredWatch[]>;
  all(account: string): Promise<readonly StoredWatch[]>;
  /** Replaces the terms and forgets its alert states. False if the watch has ended. */
  change(id: string, terms: Pick<WatchDraft, 'filter' | 'rule'>): Promise<boolean>;
  /** Ends it and forgets its alert states. */
  remove(conversation: Conversation, number: number): Promise<StoredWatch | undefined>;
}
