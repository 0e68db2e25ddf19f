import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Conversation } from '../../platform/conversation.ts';
import type { TextRun } from '../../ui/rich-text.ts';
import type { AgentView, FleetView } from './domain/agent-view.ts';
import type { FleetPage, ListPlace } from './domain/list.ts';

/** How a session's score went. */
export interface Trend {
  readonly session: SessionId;
  readonly name: string;
  /** One for each hour that was measured, oldest first: its lowest score, so that no dip gets lost. */
  readonly points: readonly {
    /** ms since 1970 */
    readonly at: number;
    /** 0–100 */
    readonly score: number;
  }[];
}

/** Which sessions of one agent resume by themselves and when, ms since 1970; '' = all of them. */
export type ResumeTimes = ReadonlyMap<SessionId | '', number>;

export interface BadSince {
  /** ms since 1970 */
  readonly at: number;
  /** It began then or before: what was earlier is not known. */
  readonly orBefore: boolean;
}

/** What the store knows of an agent besides PingPlotter's data. */
export interface AgentExtras {
  readonly resumes: ResumeTimes;
  /** When it began to be as bad as it is now; absent while it is not bad, or where nobody knows. */
  readonly badSince?: BadSince;
  /** PingPlotter's own page of it, where the operator has said where that is. */
  readonly page?: string;
  /** The last 24 hours. */
  readonly trend: readonly Trend[];
  /** Where it is likely broken; absent while it is not bad. */
  readonly likely?: readonly TextRun[];
}

export interface AgentReader {
  /** One agent with its sessions, asked of PingPlotter now. */
  read(account: string, id: AgentId, signal?: AbortSignal): Promise<AgentView>;
  /** The same from the last seconds, when anyone has just read it: sixty open clients refresh at once. */
  recent(account: string, id: AgentId, signal?: AbortSignal): Promise<AgentView>;
  /** What other features know of it. */
  extras(account: string, view: AgentView): Promise<AgentExtras>;
}

/** Port: what one feature adds to the agent card. What it throws is logged, and the card is shown without it. */
export type AgentCardPart = (account: string, view: AgentView) => Promise<Partial<AgentExtras>>;

/** A read of the whole fleet that is under way. */
export interface FleetReading {
  /** When it began, by the monotonic clock. */
  readonly readAt: number;
  /** Never rejects: where it failed, the last fleet that was read is an older one. */
  readonly done: Promise<void>;
}

export interface MatchingAgents {
  readonly fleet: FleetView;
  /** As `understand` gives it. */
  readonly filter: string;
  readonly agents: readonly AgentView[];
}

export interface FleetReader {
  /** The whole fleet, worst first; at most `freshForMs` old, and one reading for all who ask at once. */
  read(account: string): Promise<FleetView>;
  /** The last reading, however old, even if something changed since. */
  last(account: string): FleetView | undefined;
  /** The next read asks PingPlotter again: something changed. */
  forget(account: string): void;
  /** As read; the last reading, however old, where PingPlotter does not answer. */
  readIfAny(account: string): Promise<FleetView | undefined>;
  /** One page of the agents that a filter matches. Throws 'bad-input' for a filter that cannot be read. */
  page(conversation: Conversation, place: ListPlace): Promise<FleetPage>;
  /** All agents that a filter matches, worst first. Throws as `page`. */
  matching(conversation: Conversation, filter: string): Promise<MatchingAgents>;
  /**
   * What a filter that was typed in a conversation means in the fleet, as a filter, without the names of saved ones; as
   * it is where the fleet cannot be read. Throws 'bad-input' for one that cannot be read.
   */
  understand(conversation: Conversation, filter: string): Promise<string>;
  /** How many agents a filter is about now; nothing while that is not known. Throws 'bad-input' for a filter that cannot be read. */
  count(account: string, filter: string): Promise<number | undefined>;
}

/** Accounts may come, go, and be read at another address while the bot runs. */
export interface FleetReaderOfAccounts extends FleetReader {
  /** What was read of the account before counts for nothing: it may be another fleet. */
  startOver(account: string): void;
}
