import type { Job } from '../../platform/job.ts';
import type { PlanRecurringPause } from '../changes/ports.ts';
import { schedulesJob } from './jobs.ts';
import { type PlanPorts, planSchedule } from './plan.ts';
import type { ScheduleJobPorts } from './ports.ts';

type Ports = Omit<ScheduleJobPorts, 'concurrency' | 'fleets' | 'store'> &
  PlanPorts & {
    readonly store: ScheduleJobPorts['store'] & PlanPorts['store'];
    /** Calls of PingPlotter that one schedule makes at once. */
    readonly bulkConcurrency: number;
  };

/** The pauses that come again: how they are planned, and what carries them out. */
export const createPauses = (
  ports: Ports,
): { readonly planRecurringPause: PlanRecurringPause; readonly job: Job } => ({
  planRecurringPause: (turn, typed) => planSchedule(ports, turn, typed),
  job: schedulesJob({ ...ports, concurrency: ports.bulkConcurrency }),
});
