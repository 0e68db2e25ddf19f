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
import type { ErrorCode } from './errors.ts';
import type {
  ListedLiveShare,
  LiveShare,
  LiveShareDraft,
  TraceData,
  TracePeriod,
} from './trace.ts';

/** However long a 429 asks for: after so long one call finds out whether it still does. */
export const longestAskedWaitMs = 60 * 60_000;

export type SessionAction = 'pause' | 'resume';

/** By agent; those that the answers leave out are missing. */
export interface Statuses extends ReadonlyMap<AgentId, AgentStatus> {
  /** Set where some of the batch calls failed: why the first of them did, and whom they asked about. */
  readonly unread?: { readonly code: ErrorCode; readonly agents: ReadonlySet<AgentId> };
}

/** One PingPlotter Cloud account. Rejects with AppError only. */
export interface PingPlotter extends PingPlotterCalls {
  /** The same calls, each made a single time whatever is answered: for who plans repeats itself. */
  readonly once: PingPlotterCalls;
}

export interface PingPlotterCalls {
  agents(
    query?: { readonly templates?: boolean; readonly deleted?: boolean },
    signal?: AbortSignal,
  ): Promise<Fleet>;
  agent(id: AgentId, signal?: AbortSignal): Promise<Agent>;
  /** The status of many agents by batch calls; one that fails hides nothing that another has told. Rejects when all fail. */
  status(ids: readonly AgentId[], signal?: AbortSignal): Promise<Statuses>;
  /** The status of one agent. */
  agentStatus(id: AgentId, signal?: AbortSignal): Promise<AgentStatus>;
  customFields(signal?: AbortSignal): Promise<readonly string[]>;
  /** Every session that PingPlotter lists for the agent, or that the key may not read them. */
  sessions(id: AgentId, signal?: AbortSignal): Promise<readonly ListedSession[] | 'not permitted'>;
  /** The same of all agents at once. */
  allSessions(signal?: AbortSignal): Promise<readonly ListedSession[] | 'not permitted'>;
  /** The buckets that overlap the period. PingPlotter limits how much of a session is read in ten minutes: 429. */
  trace(session: SessionId, period: TracePeriod, signal?: AbortSignal): Promise<TraceData>;
  /** All links to agents and sessions; others, and those that end nowhere, are left out. */
  liveShares(signal?: AbortSignal): Promise<readonly ListedLiveShare[]>;
  createLiveShare(draft: LiveShareDraft, signal?: AbortSignal): Promise<LiveShare>;
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
