import type { Actor, Conversation } from '../../platform/conversation.ts';

export interface StoredDigest extends Conversation {
  readonly schedule: unknown;
  readonly dueAt: number;
  readonly by: Actor;
  /** The fleet at the last digest, so that the next one can report what is new. */
  readonly baseline?: unknown;
}

export interface Digests {
  /** Replaces the one that the conversation has. */
  set(digest: StoredDigest): Promise<void>;
  find(conversation: Conversation): Promise<StoredDigest | undefined>;
  remove(conversation: Conversation): Promise<boolean>;
  due(now: number): Promise<readonly StoredDigest[]>;
  /** Sets its next time. Of several instances only one gets true. */
  claim(digest: StoredDigest, next: Pick<StoredDigest, 'dueAt' | 'baseline'>): Promise<boolean>;
}
