import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import type { TypedMaintenance } from './parse.ts';
import type { MaintenanceWindow, Mute } from './store.ts';

/** What is silent in a conversation. */
export interface SilencesHere {
  /** What is muted there now, the first to end first. */
  mutes(scope: Scope): Promise<readonly Mute[]>;
  /** The maintenance windows that are not over, the first to begin first. */
  maintenance(scope: Scope): Promise<readonly MaintenanceWindow[]>;
}

export interface SilenceEditor extends SilencesHere {
  /** Suppresses what this conversation would hear of these agents, or of all (''); the last word counts. */
  mute(
    scope: Scope,
    agents: readonly (AgentId | '')[],
    ms: number,
  ): Promise<{ readonly until: number }>;
  /** False when nothing was muted. */
  unmute(scope: Scope, agent: AgentId | ''): Promise<boolean>;
  /** Throws 'bad-input' for a filter that cannot be read. */
  planMaintenance(scope: Scope, planned: TypedMaintenance): Promise<MaintenanceWindow>;
  /** Ends all of this conversation, and gives those that it ended. */
  endMaintenance(scope: Scope): Promise<readonly MaintenanceWindow[]>;
}

/** Port: a mute shows on the cards of its agents, to everybody in the conversation. */
export interface AlertCards<Collections> {
  refresh(
    tx: Collections,
    scope: Scope,
    agents: readonly (AgentId | '')[],
    now: number,
  ): Promise<void>;
}
