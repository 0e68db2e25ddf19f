import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { Reminder, ReminderKey } from './domain/reminder.ts';

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

/** What a person wrote about an alert, or undertook about it. */
export interface StoredNote {
  /** The person's name. */
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  /** What was written; with `act` its circumstance, like whom it was assigned to. */
  readonly text: string;
  /** Absent = written. 'ack-ended' = the time of the acknowledgement was up. */
  readonly act?: 'ack' | 'unack' | 'assign' | 'ack-ended';
}

/** Who takes care of an alert. People set it, polls do not touch it. */
export interface AlertCare {
  readonly ackedBy?: Actor;
  readonly ackedAt?: number;
  /** When the acknowledgement ends by itself, in ms since 1970. */
  readonly ackUntil?: number;
  readonly assignedTo?: Actor;
  /** Oldest first. */
  readonly notes?: readonly StoredNote[];
}

export interface StoredAlert extends AlertDraft, AlertCare {
  /** The number that `ack` takes. A conversation never uses one twice. */
  readonly number: number;
}

export interface Alerts {
  open(drafts: readonly AlertDraft[]): Promise<readonly StoredAlert[]>;
  /**
   * Writes group, detail and end, but nothing of AlertCare, which a person may set meanwhile.
   */
  save(alerts: readonly StoredAlert[]): Promise<void>;
  find(id: string): Promise<StoredAlert | undefined>;
  byNumber(conversation: Conversation, number: number): Promise<StoredAlert | undefined>;
  inGroup(groupId: string): Promise<readonly StoredAlert[]>;
  /** All open alerts. */
  current(account: string): Promise<readonly StoredAlert[]>;
  /** All of a conversation that are open, or ended since then, by their numbers. */
  list(conversation: Conversation, since: number): Promise<readonly StoredAlert[]>;
  /** False if it was acknowledged before, or is closed. `until` = when that ends by itself. */
  acknowledge(id: string, by: Actor, at: number, until?: number): Promise<boolean>;
  /** False if nobody had acknowledged it, or it is closed. */
  unacknowledge(id: string): Promise<boolean>;
  addNote(id: string, note: StoredNote): Promise<void>;
  assign(id: string, to: Actor): Promise<void>;
  /** Open alerts whose acknowledgement has ended by itself by then. */
  ackEnded(now: number, limit: number): Promise<readonly StoredAlert[]>;
  /** Ends the acknowledgement if its time is up. False if it is not, or somebody ended it before. */
  endAcknowledgement(id: string, now: number): Promise<boolean>;
}

/** Reminders and escalations, which several instances carry out. */
export interface Reminders {
  /**
   * Begins those that are new. Those that are there go on, but one that only waited for an
   * acknowledgement to end begins its next round; with `startsOver` each does, except an escalation
   * that has come.
   */
  begin(
    reminders: readonly (ReminderKey & { readonly dueAt: number })[],
    startsOver: boolean,
  ): Promise<void>;
  /** The longest due first. */
  due(now: number, limit: number): Promise<readonly Reminder[]>;
  find(key: ReminderKey): Promise<Reminder | undefined>;
  /** Without `after` it ends. False if somebody changed it since it was read. */
  replace(before: Reminder, after: Reminder | undefined): Promise<boolean>;
}
