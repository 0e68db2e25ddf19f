import type {
  Agent,
  AgentDraft,
  AgentId,
  AgentStatus,
  CreatedAgent,
  Fleet,
  ListedSession,
  SessionId,
} from './agent.ts';
import type { Address, Card, Scope } from './turn.ts';

export interface Clock {
  /** ms since 1970 */
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does it then, unless it is called off before: what this gives back does that. */
  after(ms: number, act: () => void): () => void;
}

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One id for all that a turn, a sweep or a notification brings about. */
export interface Correlation {
  /** Runs the work, and whatever it starts, under this id; without one, under none. */
  within<T>(id: string | undefined, work: () => T): T;
  current(): string | undefined;
}

export type SessionAction = 'pause' | 'resume';

/** One PingPlotter Cloud account. Rejects with AppError only. */
export interface PingPlotter {
  agents(
    query?: { readonly templates?: boolean; readonly deleted?: boolean },
    signal?: AbortSignal,
  ): Promise<Fleet>;
  agent(id: AgentId, signal?: AbortSignal): Promise<Agent>;
  /** The status of many agents by batch calls; agents that the answer leaves out are missing from the map. */
  status(ids: readonly AgentId[], signal?: AbortSignal): Promise<ReadonlyMap<AgentId, AgentStatus>>;
  /** The status of one agent. */
  agentStatus(id: AgentId, signal?: AbortSignal): Promise<AgentStatus>;
  customFields(signal?: AbortSignal): Promise<readonly string[]>;
  /** Every session that PingPlotter lists for the agent, or that the key may not read them. */
  sessions(id: AgentId, signal?: AbortSignal): Promise<readonly ListedSession[] | 'not permitted'>;
  create(draft: AgentDraft, signal?: AbortSignal): Promise<CreatedAgent>;
  rename(id: AgentId, name: string, signal?: AbortSignal): Promise<void>;
  reconnect(id: AgentId, signal?: AbortSignal): Promise<void>;
  setSession(
    id: AgentId,
    session: SessionId,
    action: SessionAction,
    signal?: AbortSignal,
  ): Promise<void>;
  setSessions(id: AgentId, action: SessionAction, signal?: AbortSignal): Promise<void>;
  remove(
    id: AgentId,
    options: { readonly uninstall: boolean },
    signal?: AbortSignal,
  ): Promise<void>;
}

/** How a message to Teams ended. 'ambiguous' = it may have arrived. */
export type Delivery =
  | { readonly ok: true; readonly activityId: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'gone'
        | 'message-gone'
        | 'denied'
        /** The bot's credentials or the service itself: no word of this conversation. */
        | 'unauthorized'
        | 'broken'
        | 'throttled'
        | 'transient'
        | 'ambiguous'
        | 'too-large'
        | 'wrong-host';
      readonly code?: string;
      readonly retryAfterMs?: number;
    };

/** Sends to Teams without any retry of its own, but for a connection that was cut off; never rejects. */
export interface Messenger {
  post(to: Address, card: Card): Promise<Delivery>;
  update(to: Address, activityId: string, card: Card): Promise<Delivery>;
  typing(to: Address): Promise<Delivery>;
}

/** Gives out the right to send within Teams' limits, one conversation at a time and in order. */
export interface Lanes {
  /** Waits for the turn of this conversation. */
  enter(address: Address, signal?: AbortSignal): Promise<void>;
  /** Takes a slot only if it is free now and plenty are left: for what may be left out, like a typing indicator. */
  tryEnter(address: Address): boolean;
  /** When the conversation itself has room again, whatever its tenant has. ms since 1970 */
  freeAt(address: Address): number;
  /** Counts what was sent before, by another process. Times in ascending order. */
  recall(address: Address, sent: readonly number[]): void;
}

/** Somebody as the conversation's roster knows them. */
export interface Member {
  /** Entra object id. */
  readonly objectId?: string;
  readonly name: string;
  readonly guest: boolean;
}

/** Who somebody is in the tenant, from the conversation's roster. Rejects with 'roster-unreadable'. */
export interface Roster {
  isGuest(scope: Scope): Promise<boolean>;
  /** Somebody else in the conversation, by Teams' id or Entra's; nothing when no such person is in it. */
  find(scope: Scope, id: string): Promise<Member | undefined>;
}
