export type AgentId = string;
export type SessionId = string;

/** 'never' is PingPlotter's 0001-01-01: the agent has not connected yet. Numbers are ms since 1970. */
export type LastSeen = number | 'never' | undefined;

export interface CustomField {
  readonly name: string;
  readonly value: string;
}

/** The quality definition that somebody chose for an agent or a session. */
export interface ExpectedQuality {
  readonly id: string;
  readonly name: string;
}

export interface NetworkInterface {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly gateway?: string | undefined;
  readonly address?: string | undefined;
  /** 0–100 */
  readonly signalPercent?: number | undefined;
  /** 0–100 */
  readonly noisePercent?: number | undefined;
}

export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  /** What tells it from others of that name; set where the fleet is known and has any. */
  readonly distinction?: string | undefined;
  readonly online: boolean;
  readonly template: boolean;
  readonly deleted: boolean;
  readonly deletedAt?: number | undefined;
  readonly createdAt?: number | undefined;
  readonly lastSeen?: LastSeen | undefined;
  /** `configured: false` or `autoApprove: false` may mean that it waits in the Agent Lobby. */
  readonly configured?: boolean | undefined;
  readonly autoApprove?: boolean | undefined;
  readonly openSessions?: number | undefined;
  readonly totalSessions?: number | undefined;
  readonly platform?: string | undefined;
  readonly machineName?: string | undefined;
  readonly machineId?: string | undefined;
  readonly address?: string | undefined;
  readonly clientDetails?: string | undefined;
  readonly notes?: string | undefined;
  readonly wifi?: boolean | undefined;
  readonly vpn?: boolean | undefined;
  readonly network?: NetworkInterface | undefined;
  readonly connectionType?: string | undefined;
  readonly templateId?: AgentId | undefined;
  /** Lets anyone install an agent: only for admins, only in 1:1. */
  readonly downloadUrl?: string | undefined;
  readonly expected?: ExpectedQuality | undefined;
  readonly customFields: readonly CustomField[];
}

/** One target of an agent as a status answer shows it: all its readings, one for each quality definition. */
export interface TargetStatus {
  readonly sessionId: SessionId;
  /** Name or alias of the target. */
  readonly name: string;
  readonly address?: string | undefined;
  readonly readings: readonly Reading[];
}

export interface AgentStatus {
  readonly agentId: AgentId;
  readonly online?: boolean | undefined;
  readonly wifi?: boolean | undefined;
  readonly vpn?: boolean | undefined;
  readonly lastSeen?: LastSeen | undefined;
  readonly targets: readonly TargetStatus[];
}

/** A session as `GET /sessions` lists it. */
export interface ListedSession {
  readonly id: SessionId;
  readonly agentId: AgentId;
  readonly name: string;
  readonly address?: string | undefined;
  readonly state: SessionState;
  readonly expected?: ExpectedQuality | undefined;
}

export type SessionState = 'active' | 'paused' | 'closed' | 'unknown';

/** What an answer contained, and how many of its entries could not be read. */
export interface Fleet {
  readonly agents: readonly Agent[];
  readonly skipped: number;
}

export interface TargetDraft {
  /** Address, host name or URL; an alias may follow after a space. */
  readonly target: string;
  readonly configurationId?: string | undefined;
  readonly intervalMs?: number | undefined;
}

export interface AgentDraft {
  readonly name: string;
  readonly template: boolean;
  readonly targets: readonly TargetDraft[];
}

export interface CreatedAgent {
  readonly id: AgentId;
  readonly name: string;
  readonly template: boolean;
  readonly downloadUrl?: string | undefined;
}

/** An agent's state in one word; `unknown` = online, but without a fresh reading. */
export type StatusWord = 'poor' | 'fair' | 'offline' | 'never' | 'unknown' | 'paused' | 'good';

/** PingPlotter's own word for a reading; it is never derived from the score. */
export type QualityWord = 'good' | 'fair' | 'poor' | 'unknown';

/** One session measured by one quality definition. */
export interface Reading {
  readonly definitionId: string;
  readonly word: QualityWord;
  /** 0–100, higher is better. */
  readonly score?: number | undefined;
  /** ms since 1970 */
  readonly measuredAt?: number | undefined;
}
