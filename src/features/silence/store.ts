import type { AgentId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';

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
