import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { Actor, Conversation } from '../../../platform/conversation.ts';
import type { PauseEnd } from '../../changes/domain/change.ts';

/** What a bulk job does to each of its agents. */
export const bulkActs = ['pause', 'resume', 'reconnect', 'rename', 'delete'] as const;
export type BulkAct = (typeof bulkActs)[number];

/** Those that can be taken back, for a day. */
export const isUndoable = (act: BulkAct): boolean =>
  act === 'pause' || act === 'resume' || act === 'rename';

/** So long a job can be taken back, or what failed in it be tried again, in ms (contract, Bulk). */
export const undoableMs = 24 * 60 * 60_000;

/** So long `jobs` lists a job, in ms. */
export const listedMs = 7 * 24 * 60 * 60_000;

/**
 * 'preview' = nothing was pressed yet; 'waiting' = for its turn; 'stopping' = cancelled, while calls are in flight;
 * 'done' and 'cancelled' are its ends.
 */
export type JobState = 'preview' | 'waiting' | 'running' | 'stopping' | 'done' | 'cancelled';

/** Some that a preview left out for one reason. */
export interface LeftOutSome {
  /** See LeftOut. */
  readonly why: string;
  readonly count: number;
  /** The first of them, the worst ones. */
  readonly names: readonly string[];
}

/** A change of many agents at once. */
export interface BulkJob extends Conversation {
  readonly id: string;
  readonly tenantId: string;
  readonly by: Actor;
  readonly act: BulkAct;
  /** It takes back what that job did. */
  readonly undoes?: string;
  /** What it is about, as it was typed, for people. */
  readonly filter: string;
  /** Somebody chose some of what the filter matched. */
  readonly picked?: true;
  /** Those of the filter that the preview left out, by the reason. */
  readonly leftOut?: readonly LeftOutSome[];
  /** With 'rename': the pattern. */
  readonly pattern?: string;
  /** With 'pause': its end, in ms since 1970, or how long it lasts from the press on, in ms. */
  readonly until?: number;
  readonly lasts?: number;
  /** With 'delete': PingPlotter is uninstalled on the device too. */
  readonly uninstall?: boolean;
  readonly state: JobState;
  /** When it was planned, and when it was pressed; ms since 1970. */
  readonly at: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Somebody began to take it back, or to try again what failed. */
  readonly takenBack: boolean;
  readonly retried: boolean;
}

/** Where one agent stands in a job; all but the first two are ends. */
export const memberStates = [
  'waiting',
  'in-flight',
  'done',
  'failed',
  'left-out',
  'not-known',
] as const;
export type MemberState = (typeof memberStates)[number];

export type JobCounts = Readonly<Record<MemberState, number>>;

export const noCounts: JobCounts = {
  waiting: 0,
  'in-flight': 0,
  done: 0,
  failed: 0,
  'left-out': 0,
  'not-known': 0,
};

export const totalOf = (counts: JobCounts): number =>
  memberStates.reduce((sum, state) => sum + counts[state], 0);

/** The ends of those that were not changed, as a report lists them. */
export const unchangedStates = ['failed', 'not-known', 'left-out'] as const;

export const unchangedOf = (counts: JobCounts): number =>
  unchangedStates.reduce((sum, state) => sum + counts[state], 0);

/** How an agent was before, as far as the change touches it: what an undo brings back. */
export interface Before {
  readonly name: string;
  /** The sessions that really change. */
  readonly sessions: readonly { readonly id: SessionId; readonly name: string }[];
  /** They are all that the agent has. */
  readonly all: boolean;
  readonly ends: readonly PauseEnd[];
}

/** One agent of a job. */
export interface BulkMember {
  /** Its place in the set, from 0; the worst agent first. */
  readonly place: number;
  readonly agentId: AgentId;
  /** As people know it: with what tells it from others of that name. */
  readonly name: string;
  /** The name that PingPlotter had for it in the preview, where that matters. */
  readonly from?: string;
  /** With 'rename': the new name. */
  readonly to?: string;
  readonly state: MemberState;
  /** Why it failed or was left out, see Why. */
  readonly why?: string;
  readonly before?: Before;
}

export type MemberDraft = Pick<BulkMember, 'agentId' | 'name' | 'from' | 'to' | 'before'>;
