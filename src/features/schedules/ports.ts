import type { Clock } from '../../platform/clock.ts';
import type { Installations } from '../../platform/conversation.ts';
import type { Logger } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import type { AuditLog } from '../audit/store.ts';
import type { OwnChanges, TimedResumes } from '../changes/store.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import type { SessionMemory } from '../fleet/store.ts';
import type { Schedules } from './store.ts';

export interface ScheduleCollections {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly installations: Installations;
  readonly outbox: Outbox;
  readonly schedules: Schedules;
  readonly sessions: SessionMemory;
  readonly timedResumes: TimedResumes;
}

/** What it takes to pause and resume by the clock. */
export interface ScheduleJobPorts {
  readonly agents: Pick<AgentReader, 'read'>;
  readonly clock: Clock;
  /** Calls of PingPlotter at once. */
  readonly concurrency: number;
  readonly fleets: Pick<FleetReader, 'read' | 'forget' | 'last'>;
  readonly log: Logger;
  readonly newId: () => string;
  readonly ownChanges: OwnChanges;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly store: Transactional<ScheduleCollections> &
    Pick<ScheduleCollections, 'schedules' | 'timedResumes'>;
}
