import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { Change } from './domain/change.ts';
import type { OwnChange } from './domain/own-change.ts';

/** Port: the last changes, newest first out. */
export interface ChangeLog {
  add(change: Change): Promise<void>;
  /** Undefined too when it was taken back already. */
  find(id: string): Promise<Change | undefined>;
  /** The newest change of this person in this conversation that was not taken back. */
  last(tenantId: string, conversationKey: string, personId: string): Promise<Change | undefined>;
  /** False when it was taken back already. */
  takeBack(id: string): Promise<boolean>;
}

/** Port: the bot's own recent changes, whose consequences raise no alert. */
export interface OwnChanges {
  add(account: string, ownChange: OwnChange): Promise<void>;
  /** Those that are not over yet. */
  current(account: string, now: number): Promise<readonly OwnChange[]>;
  /** All that are remembered, also those that are over, with when they were and whose. */
  recent(account: string, now: number): Promise<readonly OwnChange[]>;
}

export interface StoredOwnChanges extends OwnChanges {
  /** As `add`, of many; none of them twice. */
  addAll(account: string, ownChanges: readonly OwnChange[]): Promise<void>;
}

export interface TimedResume extends Conversation {
  readonly id: string;
  readonly agentId: AgentId;
  /** Empty = all of the agent's. */
  readonly sessions: readonly SessionId[];
  readonly dueAt: number;
  readonly by: Actor;
  /** The id of the schedule that paused them and resumes them; absent = somebody's timed pause. */
  readonly schedule?: string;
}

export interface TimedResumes {
  add(resume: TimedResume): Promise<void>;
  /** As `add`, of many. */
  addAll(resumes: readonly TimedResume[]): Promise<void>;
  forAgent(account: string, agentId: AgentId): Promise<readonly TimedResume[]>;
  /** As `forAgent`, of many; those that have none are left out. */
  forAgents(
    account: string,
    agents: readonly AgentId[],
  ): Promise<ReadonlyMap<AgentId, readonly TimedResume[]>>;
  /** Those of schedules too. */
  all(account: string): Promise<readonly TimedResume[]>;
  /** A manual resume, or another pause, came before it. */
  cancel(id: string): Promise<boolean>;
  /** Those of one schedule. */
  ofSchedule(schedule: string): Promise<readonly TimedResume[]>;
  /** How many agents each schedule has paused now, by its id. */
  countBySchedule(account: string): Promise<ReadonlyMap<string, number>>;
  /** Deletes those of one schedule and gives them back. */
  cancelOfSchedule(schedule: string): Promise<readonly TimedResume[]>;
  /**
   * What is due by `now`, but for those of schedules. Nobody else gets these until the lease is over, by the store's own clock; an unfinished one
   * is handed out again then.
   */
  claimDue(holder: string, now: number, leaseMs: number): Promise<readonly TimedResume[]>;
  /** False when it was cancelled, or somebody else took over meanwhile. */
  finish(id: string, holder: string): Promise<boolean>;
}
