import type { Reading } from './quality.ts';

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
  readonly name?: string;
  readonly type?: string;
  readonly gateway?: string;
  readonly address?: string;
  /** 0–100 */
  readonly signalPercent?: number;
  /** 0–100 */
  readonly noisePercent?: number;
}

export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  readonly online: boolean;
  readonly template: boolean;
  readonly deleted: boolean;
  readonly deletedAt?: number;
  readonly createdAt?: number;
  readonly lastSeen?: LastSeen;
  /** `configured: false` or `autoApprove: false` may mean that it waits in the Agent Lobby. */
  readonly configured?: boolean;
  readonly autoApprove?: boolean;
  readonly openSessions?: number;
  readonly totalSessions?: number;
  readonly platform?: string;
  readonly machineName?: string;
  readonly machineId?: string;
  readonly address?: string;
  readonly clientDetails?: string;
  readonly notes?: string;
  readonly wifi?: boolean;
  readonly vpn?: boolean;
  readonly network?: NetworkInterface;
  readonly connectionType?: string;
  readonly templateId?: AgentId;
  /** Lets anyone install an agent: only for admins, only in 1:1. */
  readonly downloadUrl?: string;
  readonly expected?: ExpectedQuality;
  readonly customFields: readonly CustomField[];
}

/** One target of an agent as a status answer tells it: all its readings, one for each quality definition. */
export interface TargetStatus {
  readonly sessionId: SessionId;
  /** Name or alias of the target. */
  readonly name: string;
  readonly address?: string;
  readonly readings: readonly Reading[];
}

export interface AgentStatus {
  readonly agentId: AgentId;
  readonly online?: boolean;
  readonly wifi?: boolean;
  readonly vpn?: boolean;
  readonly lastSeen?: LastSeen;
  readonly targets: readonly TargetStatus[];
}

/** A session as `GET /sessions` lists it. */
export interface ListedSession {
  readonly id: SessionId;
  readonly agentId: AgentId;
  readonly name: string;
  readonly address?: string;
  readonly state: SessionState;
  readonly expected?: ExpectedQuality;
}

export type SessionState = 'active' | 'paused' | 'closed' | 'unknown';

/** What an answer held, and how many of its entries could not be read. */
export interface Fleet {
  readonly agents: readonly Agent[];
  readonly skipped: number;
}

export interface TargetDraft {
  /** Address, host name or URL; an alias may follow after a space. */
  readonly target: string;
  readonly configurationId?: string;
  readonly intervalMs?: number;
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
  readonly downloadUrl?: string;
}
