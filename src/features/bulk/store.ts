import type { AgentId } from '../../platform/agent.ts';
import type { Conversation } from '../../platform/conversation.ts';
import type {
  Before,
  BulkJob,
  BulkMember,
  JobCounts,
  MemberDraft,
  MemberState,
} from './domain/job.ts';

/** An agent whose call is about to be made. */
export interface InFlight {
  readonly place: number;
  readonly agentId: AgentId;
  readonly before?: Before;
}

/** How it ended for one agent, or that it waits again. */
export interface MemberOutcome {
  readonly place: number;
  readonly state: MemberState;
  readonly why?: string;
}

/** What may be set on a job beside its state. */
export type JobStart = Pick<BulkJob, 'until' | 'uninstall'>;

/** Port: bulk jobs, with a row for each of their agents. */
export interface BulkJobs {
  /** Stores a job with its set; in the state 'waiting' it waits for its turn at once. */
  plan(job: BulkJob, members: readonly MemberDraft[]): Promise<void>;
  find(account: string, id: string): Promise<BulkJob | undefined>;
  /** Puts a preview into the queue of its conversation; false where it is none any more. */
  begin(account: string, id: string, at: number, start: JobStart): Promise<boolean>;
  /** The jobs of a conversation that were started since then, newest first; no previews. */
  list(conversation: Conversation, since: number, limit: number): Promise<readonly BulkJob[]>;
  counts(ids: readonly string[]): Promise<ReadonlyMap<string, JobCounts>>;
  /** Some agents of a job, in their order. */
  members(
    id: string,
    states: readonly MemberState[],
    page: { readonly after?: number; readonly skip?: number; readonly limit: number },
  ): Promise<readonly BulkMember[]>;
  /**
   * The job whose turn it is and that nobody works on, the one that waited longest first: of each conversation one. The
   * lease runs by the store's own clock. The same holder gets its own again, but for those that it says it has.
   */
  claim(holder: string, leaseMs: number, except: readonly string[]): Promise<BulkJob | undefined>;
  /** Extends the lease and gives the job as it is by now; undefined where somebody else has it. */
  renew(id: string, holder: string, leaseMs: number): Promise<BulkJob | undefined>;
  /** Somebody else may go on with it at once. */
  release(id: string, holder: string): Promise<void>;
  /**
   * Notes that these calls are about to be made, and gives the places of those that were free: an agent that another job
   * changes is left for later.
   */
  mark(
    job: Pick<BulkJob, 'account' | 'id'>,
    members: readonly InFlight[],
  ): Promise<ReadonlySet<number>>;
  record(id: string, outcomes: readonly MemberOutcome[]): Promise<void>;
  /** A preview and a job that waits are over by it; a running one stops. False where it is over already. */
  cancel(account: string, id: string, at: number): Promise<boolean>;
  end(id: string, state: 'done' | 'cancelled', at: number): Promise<void>;
  /** False where somebody did it before. */
  takeBack(account: string, id: string): Promise<boolean>;
  retry(account: string, id: string): Promise<boolean>;
}
