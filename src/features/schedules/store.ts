import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { Schedule, ScheduleState } from './domain/schedule.ts';

export interface ScheduleDraft
  extends Conversation,
    Pick<Schedule, 'subject' | 'times' | 'dueAt' | 'createdAt'> {
  readonly by: Actor;
}

/**
 * What became of an agent in the window: it waits, its pause is under way, it is paused, it needed none, or could not
 * be paused. 'resumed' = its pause is over, or with a problem could not be ended. 'left' = the schedule was ended while it
 * was paused.
 */
export const scheduledStates = [
  'waits',
  'begun',
  'paused',
  'passed',
  'failed',
  'resumed',
  'left',
] as const;
export type ScheduledState = (typeof scheduledStates)[number];

export interface ScheduledAgent {
  readonly account: string;
  readonly schedule: string;
  readonly agentId: AgentId;
  readonly state: ScheduledState;
  /** Those that the schedule paused; empty = all of the agent's. */
  readonly sessions: readonly SessionId[];
  /** The code of what went wrong. */
  readonly problem?: string;
}

/** Port: pauses that come again. Those that were ended are found by their id alone. */
export interface Schedules {
  /** Gives it its number in the conversation. */
  add(draft: ScheduleDraft): Promise<Schedule>;
  find(id: string): Promise<Schedule | undefined>;
  /** By number. */
  list(conversation: Conversation): Promise<readonly Schedule[]>;
  /** By conversation and number. */
  all(account: string): Promise<readonly Schedule[]>;
  /** Passes over the window that begins then; undefined = over none. False where it has ended. */
  skip(id: string, from: number | undefined): Promise<boolean>;
  /** False where it has ended already. Nobody works on it from then on. */
  end(id: string, at: number): Promise<boolean>;
  remove(id: string): Promise<void>;
  /**
   * What is due by `now`. Nobody else gets these until the lease is over, by the store's own clock; an unfinished one
   * is handed out again then.
   */
  claimDue(holder: string, now: number, leaseMs: number): Promise<readonly Schedule[]>;
  /** False when it was ended, or somebody else took over meanwhile. */
  extend(id: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Sets its state, and lets go of it unless `stays`. False as with `extend`. */
  advance(id: string, holder: string, state: ScheduleState, stays?: boolean): Promise<boolean>;
  /** Those of every account that wait for a window or its end, which a clock that was wrong may have misplaced. */
  waiting(): Promise<readonly Schedule[]>;
  /** Another moment for one that nobody works on. */
  moveTo(id: string, dueAt: number): Promise<void>;
  /** Resumes what an ended one left paused. False where that is under way already. */
  resume(id: string, dueAt: number): Promise<boolean>;
  /** Adds or replaces. */
  saveAgents(agents: readonly ScheduledAgent[]): Promise<void>;
  agents(schedule: string): Promise<readonly ScheduledAgent[]>;
  forgetAgents(schedule: string): Promise<void>;
}
