import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';

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
