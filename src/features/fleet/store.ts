import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { KnownAgent } from './domain/known-agent.ts';

/** What the bot remembers of a session that PingPlotter may leave out once it is paused. */
export interface SeenSession {
  readonly id: SessionId;
  readonly name: string;
  readonly address?: string;
  /** Set while the bot's own pause holds. */
  readonly pausedBy?: PausedBy;
}

/** Who paused, and when, in ms since 1970. */
export interface PausedBy {
  readonly name: string;
  readonly at: number;
  /** A schedule did: it resumes too. */
  readonly schedule?: true;
  /** The person, and where they paused; absent for a schedule, and for what an older version has stored. */
  readonly person?: {
    readonly tenantId: string;
    readonly id: string;
    readonly conversationKey: string;
  };
}

/** Port: every session that a status or a list has ever shown, per account and agent. */
export interface SessionMemory {
  seen(account: string, agent: AgentId): Promise<readonly SeenSession[]>;
  remember(account: string, agent: AgentId, sessions: readonly SeenSession[]): Promise<void>;
  /** Notes who paused; `undefined` = resumed. Sessions not seen before are ignored. */
  markPaused(
    account: string,
    agent: AgentId,
    sessions: readonly SessionId[],
    by: SeenSession['pausedBy'],
  ): Promise<void>;
  forget(account: string, agent: AgentId): Promise<void>;
  /** As `remember`, for a whole fleet; leave out what is unchanged. */
  rememberAll(account: string, seen: ReadonlyMap<AgentId, readonly SeenSession[]>): Promise<void>;
  all(account: string): Promise<ReadonlyMap<AgentId, readonly SeenSession[]>>;
}

export interface SeenSessions extends SessionMemory {
  /** Those that the bot's own pause holds. */
  paused(account: string): Promise<ReadonlyMap<AgentId, readonly SeenSession[]>>;
}

/** A filter that a conversation calls by a name. */
export interface SavedFilter extends Conversation {
  readonly id: string;
  /** As it was typed, without its `@`. */
  readonly name: string;
  /** Without names of other ones. */
  readonly filter: string;
  readonly by: Actor;
  /** ms since 1970 */
  readonly at: number;
}

export interface SavedFilters {
  /** In the place of one of the same name, if there is one. */
  save(filter: SavedFilter): Promise<void>;
  /** By name. */
  list(conversation: Conversation): Promise<readonly SavedFilter[]>;
  /** False where it is gone already. */
  remove(conversation: Conversation, id: string): Promise<boolean>;
}

/** Port: what is known of each agent from poll to poll. */
export interface KnownAgentStore {
  all(account: string): Promise<readonly KnownAgent[]>;
  find(account: string, agents: readonly AgentId[]): Promise<readonly KnownAgent[]>;
  /** Leave out what is unchanged. */
  save(account: string, agents: readonly KnownAgent[]): Promise<void>;
  forget(account: string, agents: readonly AgentId[]): Promise<void>;
}
