import type { Actor, Conversation } from '../../platform/conversation.ts';

export interface StoredDigest extends Conversation {
  readonly schedule: unknown;
  readonly dueAt: number;
  readonly by: Actor;
  /** What the last one showed, to find what is new. */
  readonly baseline?: unknown;
}

export interface Digests {
  /** One for each conversation. */
  set(digest: StoredDigest): Promise<void>;
  find(conversation: Conversation): Promise<StoredDigest | undefined>;
  remove(conversation: Conversation): Promise<boolean>;
  due(now: number): Promise<readonly StoredDigest[]>;
  /** Moves it on to its next time; true for one caller only. */
  claim(digest: StoredDigest, next: Pick<StoredDigest, 'dueAt' | 'baseline'>): Promise<boolean>;
}
