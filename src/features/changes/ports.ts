import type { Confirmations } from '../../chat/confirmation.ts';
import type { AgentFinder } from '../../chat/resolve-agent.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import type { SessionMemory } from '../fleet/store.ts';
import type { ChangeLog, OwnChanges, TimedResumes } from './store.ts';

/** Port: what stands behind `pause`, where it is to come again; nothing where it is not. Throws 'bad-input'. */
export type PlanRecurringPause = (turn: Turn, typed: string) => Promise<Reply | undefined>;

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
  readonly newId: () => string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly sessions: SessionMemory;
  readonly store: Transactional<{ readonly timedResumes: TimedResumes }> & {
    readonly timedResumes: TimedResumes;
  };
}
