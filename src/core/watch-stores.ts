import type { AgentId, SessionId } from './agent.ts';
import type { Actor, Conversation } from './stores.ts';

export interface WatchDraft extends Conversation {
  readonly filter: string;
  readonly rule: unknown;
  readonly quietHours?: unknown;
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
  change(id: string, terms: Pick<WatchDraft, 'filter' | 'rule' | 'quietHours'>): Promise<boolean>;
  /** Ends it and forgets its alert states. */
  remove(conversation: Conversation, number: number): Promise<StoredWatch | undefined>;
}

export interface AlertStateKey {
  readonly watchId: string;
  readonly agentId: AgentId;
  /** '' = the agent itself. */
  readonly sessionId: SessionId | '';
}

export interface StoredAlertState extends AlertStateKey {
  readonly state: unknown;
}

export interface AlertStates {
  all(account: string): Promise<readonly StoredAlertState[]>;
  /** Pass the changed ones only. What is saved for a watch that ended meanwhile is never seen again. */
  save(account: string, states: readonly StoredAlertState[]): Promise<void>;
  forget(account: string, keys: readonly AlertStateKey[]): Promise<void>;
}

export interface AlertDraft extends Conversation {
  readonly id: string;
  readonly watchId: string;
  readonly agentId: AgentId;
  readonly sessionId: SessionId | '';
  readonly openedAt: number;
  /** The card that it shares with others. */
  readonly groupId?: string;
  /** Set at once for what had ended before it was told. */
  readonly closedAt?: number;
  readonly detail: unknown;
}

export interface StoredAlert extends AlertDraft {
  /** What `ack` takes; never given twice in one conversation. */
  readonly number: number;
  readonly ackedBy?: Actor;
  readonly ackedAt?: number;
}

export interface Alerts {
  open(drafts: readonly AlertDraft[]): Promise<readonly StoredAlert[]>;
  /** Writes group, detail and end; who acknowledged stays as it is. */
  save(alerts: readonly StoredAlert[]): Promise<void>;
  find(id: string): Promise<StoredAlert | undefined>;
  byNumber(conversation: Conversation, number: number): Promise<StoredAlert | undefined>;
  inGroup(groupId: string): Promise<readonly StoredAlert[]>;
  /** All that are not closed. */
  current(account: string): Promise<readonly StoredAlert[]>;
  /** The first one wins: false when it was acknowledged before, or is closed. */
  acknowledge(id: string, by: Actor, at: number): Promise<boolean>;
}

/** Which messages show a card; a card is named by its alert's or group's id. */
export interface CardMessages {
  add(conversation: Conversation, card: string, messageId: string, at: number): Promise<void>;
  /** Oldest first: the first one heads the thread, the last one is kept up to date. */
  list(conversation: Conversation, card: string): Promise<readonly string[]>;
  /** The card that a message shows. */
  cardOf(conversation: Conversation, messageId: string): Promise<string | undefined>;
  /** Teams no longer knows the message. */
  forget(conversation: Conversation, messageId: string): Promise<void>;
}
