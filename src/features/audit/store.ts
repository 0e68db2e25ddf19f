import type { AgentId } from '../../platform/agent.ts';
import type { AuditedChange } from '../../platform/errors.ts';

/** Who changed what, where, with what result. */
export interface AuditEntry extends Omit<AuditedChange, 'result'> {
  readonly account: string;
  readonly tenantId: string;
  readonly conversationKey: string;
  readonly personId: string;
  readonly personName: string;
  /** ms since 1970 */
  readonly at: number;
  /** A verb, or a command's name. */
  readonly action: string;
  /** 'done', or the code of the error. */
  readonly result: string;
  readonly correlationId: string;
}

export interface AuditQuery {
  readonly account: string;
  readonly tenantId?: string;
  readonly agentId?: AgentId;
  readonly personId?: string;
  /** ms since 1970 */
  readonly since?: number;
  /** How many of the newest to leave out. */
  readonly skip?: number;
  readonly limit: number;
}

/** 'brokenAt' is the running number of the first entry that was changed, removed or put in; entries that were pruned count no more. */
export type AuditCheck =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly brokenAt: number };

/** Where the chain ends: the number and the hash of its newest entry. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Port: each entry's hash covers the one before it, so that none can be changed or removed unseen. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** As `append`, of many, in their order. */
  appendAll(entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Those of all accounts, newest first; for programs, never for an answer in a conversation. */
  listAll(page: Pick<AuditQuery, 'skip' | 'limit'>): Promise<readonly AuditEntry[]>;
  /** The accounts that have entries, also those that are gone; '' has those from before one was chosen. */
  accounts(): Promise<readonly string[]>;
  verify(): Promise<AuditCheck>;
  head(): Promise<AuditHead | undefined>;
}
