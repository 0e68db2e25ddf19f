import type { AgentId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { SetHours } from './domain/hours.ts';

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
