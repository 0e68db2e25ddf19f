import type { Conversation } from '../../platform/conversation.ts';

/** That a person wants to be notified of their own connection, in their 1:1 conversation. */
export interface StoredNotifyWish extends Conversation {
  readonly tenantId: string;
  /** Entra object id, as normalizeId writes it. */
  readonly personId: string;
  /** Teams' `29:…` id, which the roster of the conversation is asked by. */
  readonly teamsId: string;
  /** By what an owner field names the person, as the roster had it when they last asked. */
  readonly keys: readonly string[];
  /** What is known of their agent from poll to poll; JSON of the feature. */
  readonly state?: unknown;
}

type Key = Pick<StoredNotifyWish, 'account' | 'tenantId' | 'personId'>;

export interface NotifyWishes {
  /** Replaces the one that the person has, and forgets its state. */
  set(wish: StoredNotifyWish): Promise<void>;
  find(key: Key): Promise<StoredNotifyWish | undefined>;
  /** False if there was none. */
  remove(key: Key): Promise<boolean>;
  all(account: string): Promise<readonly StoredNotifyWish[]>;
  /** Of several instances that go on from the same state only one gets true; false too where the wish ended meanwhile. */
  advance(wish: StoredNotifyWish, state: unknown): Promise<boolean>;
}
