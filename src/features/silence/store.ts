import type { AgentId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { SetHours } from './domain/hours.ts';
import type { SuppressedCounts, SuppressedMessage } from './domain/suppressed.ts';

export interface Mute extends Conversation {
  /** '' = all agents. */
  readonly agentId: AgentId | '';
  readonly until: number;
  readonly by: Actor;
}

export interface Mutes {
  set(mute: Mute): Promise<void>;
  remove(conversation: Conversation, agentId: AgentId | ''): Promise<boolean>;
  active(account: string, now: number): Promise<readonly Mute[]>;
}

export interface MaintenanceWindow extends Conversation {
  readonly id: string;
  readonly filter: string;
  readonly from: number;
  readonly until: number;
  readonly by: Actor;
}

export interface Maintenance {
  add(window: MaintenanceWindow): Promise<void>;
  remove(id: string): Promise<boolean>;
  /** All windows that are not over, including those that have not begun. */
  list(account: string, now: number): Promise<readonly MaintenanceWindow[]>;
}

/** When an agent is expected online, as somebody set it. It counts in the whole account. */
export interface HoursOfAgent {
  readonly agentId: AgentId;
  readonly hours: SetHours;
  readonly by: Actor;
  /** ms since 1970 */
  readonly at: number;
}

export interface AgentHours {
  all(account: string): Promise<readonly HoursOfAgent[]>;
  /** Differs once somebody has set or removed any: asked far more often than all of them. */
  version(account: string): Promise<string>;
  set(account: string, hours: readonly HoursOfAgent[]): Promise<void>;
  /** From now on they are learned. */
  remove(account: string, agents: readonly AgentId[]): Promise<void>;
}

/** An agent in a conversation, with what alerting knows of the alert that is suppressed there. */
export interface StoredSuppressedAlert extends Conversation {
  readonly agentId: AgentId;
  readonly detail: unknown;
}

/** Messages that were not sent when they were due, and the alerts that go on below the silences. */
export interface Suppressions {
  /** Of a conversation's messages of one day, UTC, the first are listed; the others are only counted. */
  note(messages: readonly SuppressedMessage[]): Promise<void>;
  /** From the first to before the last moment; those that are only counted by their whole hours. */
  count(
    conversation: Conversation,
    period: { readonly from: number; readonly until: number },
  ): Promise<SuppressedCounts>;
  /** A page of those that are listed, due since then, the newest first, and how many they are. */
  list(
    conversation: Conversation,
    from: number,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<{ readonly messages: readonly SuppressedMessage[]; readonly listed: number }>;
  alerts(account: string): Promise<readonly StoredSuppressedAlert[]>;
  saveAlerts(alerts: readonly StoredSuppressedAlert[]): Promise<void>;
  forgetAlerts(places: readonly Omit<StoredSuppressedAlert, 'detail'>[]): Promise<void>;
}
