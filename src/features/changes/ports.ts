import type { Confirmations } from '../../chat/confirmation.ts';
import type { AgentFinder } from '../../chat/resolve-agent.ts';
import type { Reply, Scope, Turn } from '../../chat/turn.ts';
import type { Timing } from '../../chat/typed-time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import type { SessionMemory } from '../fleet/store.ts';
import type { ChangeLog, OwnChanges, TimedResumes } from './store.ts';

/** Port: what stands behind `pause`, where it is to come again; nothing where it is not. Throws 'bad-input'. */
export type PlanRecurringPause = (turn: Turn, typed: string) => Promise<Reply | undefined>;
export type ManyAct = 'pause' | 'resume' | 'reconnect' | 'rename' | 'delete';

/** What somebody wants done to all agents that a filter matches. */
export interface AskedOfMany {
  readonly act: ManyAct;
  /** Empty = all. */
  readonly filter: string;
  /** With 'pause'. */
  readonly timing?: Timing;
  /** With 'rename'. */
  readonly pattern?: string;
}

/** Port: changes of many agents at once. */
export interface ManyAgents {
  /** What would be changed, with a button that does it: nothing is changed before. Throws 'bad-input'. */
  preview(turn: Turn, asked: AskedOfMany): Promise<Reply>;
  /** The last change of many that this person made here and may take back. */
  lastUndoable(scope: Scope): Promise<{ readonly id: string; readonly at: number } | undefined>;
  /** Takes back a change of many, in the background. Throws 'changed'. */
  takeBack(turn: Turn, id: string): Promise<Reply>;
}

/** What it takes to change an agent, and to show it afterwards. */
export interface ChangePorts {
  readonly agents: AgentReader;
  readonly changes: ChangeLog;
  readonly clock: Clock;
  readonly confirmations: Confirmations;
  readonly ownChanges: OwnChanges;
  readonly finder: AgentFinder;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly many: ManyAgents;
  readonly newId: () => string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly sessions: SessionMemory;
  readonly store: Transactional<{ readonly timedResumes: TimedResumes }> & {
    readonly timedResumes: TimedResumes;
  };
}
