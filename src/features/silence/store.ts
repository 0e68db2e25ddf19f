import type { AgentId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';

export interface Mute extends Conversation {
  /** '' = all. */
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
  /** Those that are not over yet, those still to begin too. */
  list(account: string, now: number): Promise<readonly MaintenanceWindow[]>;
}
