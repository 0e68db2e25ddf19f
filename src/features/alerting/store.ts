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
  /** Pass only changed states. States of a watch that has ended meanwhile are never read again. */
  save(account: string, states: readonly StoredAlertState[]): Promise<void>;
  forget(account: string, keys: readonly AlertStateKey[]): Promise<void>;
}

export interface AlertDraft extends Conversation {
  readonly id: string;
  readonly watchId: string;
  readonly agentId: AgentId;
  readonly sessionId: SessionId | '';
  readonly openedAt: number;
  /** The group whose card shows it. */
  readonly groupId?: string;
  /** Already set in a draft if the problem ended before it was notified. */
  readonly closedAt?: number;
  readonly detail: unknown;
}

export interface StoredAlert extends AlertDraft {
  /** The number that `ack` takes. A conversation never uses one twice. */
  readonly number: number;
  readonly ackedBy?: Actor;
  readonly ackedAt?: number;
}

export interface Alerts {
  open(drafts: readonly AlertDraft[]): Promise<readonly StoredAlert[]>;
  /**
   * Writes group, detail and end, but not the acknowledgement, which a person may set meanwhile.
   */
  save(alerts: readonly StoredAlert[]): Promise<void>;
  find(id: string): Promise<StoredAlert | undefined>;
  /** Those of them that are there, in any order. */
  withIds(ids: readonly string[]): Promise<readonly StoredAlert[]>;
  byNumber(conversation: Conversation, number: number): Promise<StoredAlert | undefined>;
  inGroup(groupId: string): Promise<readonly StoredAlert[]>;
  /** All open alerts. */
  current(account: string): Promise<readonly StoredAlert[]>;
  /** False if it was acknowledged before, or is closed. */
  acknowledge(id: string, by: Actor, at: number): Promise<boolean>;
}
