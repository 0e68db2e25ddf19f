import { watchWall } from '../../platform/clock.ts';
import { asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Job } from '../../platform/job.ts';
import { groupBy } from '../../shared/grouped.ts';
import { optional } from '../../shared/optional.ts';
import {
  afterWindow,
  lastingTrouble,
  misplaced,
  type Schedule,
  type ScheduleState,
  stepOf,
} from './domain/schedule.ts';
import type { PauseWindow } from './domain/times.ts';
import { agentsOf, pauseAgents } from './pause-agents.ts';
import type { ScheduleJobPorts as Ports } from './ports.ts';
import { resumeAgents } from './resume-agents.ts';
import { sayPaused, sayResumed, sayUnread } from './say.ts';
import type { ScheduledAgent } from './store.ts';
import { type Claim, ClaimLost, leaseMs, retryMs } from './work.ts';

/** Begins and ends the windows whose time has come, also those that were due while no instance ran. */
const workOnDue = async (ports: Ports, claim: Claim): Promise<void> => {
  const due = await ports.store.schedules.claimDue(claim.holder, ports.clock.now(), leaseMs);
  // An account that is slow delays no other.
  await Promise.all(
    [...groupBy(due, ({ account }) => account).values()].map(async (some) => {
      for (const schedule of some) await workOn(ports, schedule, claim);
    }),
  );
};

/** What fails is tried again when the claim is over. */
const workOn = async (ports: Ports, schedule: Schedule, claim: Claim): Promise<void> => {
  try {
    if (!(await ports.store.schedules.extend(schedule.id, claim.holder, leaseMs))) return;
    await takeStep(ports, schedule, claim);
  } catch (error) {
    if (claim.signal.aborted || error instanceof ClaimLost) return;
    ports.log.warn('schedule.delayed', { code: asAppError(error).code, error });
  }
};

const takeStep = async (ports: Ports, schedule: Schedule, claim: Claim): Promise<void> => {
  const step = stepOf(schedule, ports.clock.now());
  switch (step.what) {
    case 'wait':
      return waitStep(ports, schedule, step.state, claim);
    case 'pause':
      return pauseStep(ports, schedule, step, claim);
    case 'resume':
      return resumeStep(ports, schedule, step, claim);
    default:
      return step satisfies never;
  }
};

const waitStep = (
  ports: Ports,
  schedule: Schedule,
  state: ScheduleState,
  claim: Claim,
): Promise<void> =>
  ports.store.transaction(async (tx) => {
    const isOurs = await tx.schedules.advance(schedule.id, claim.holder, state);
    if (isOurs && schedule.trouble === 'fleet-unread') await sayUnread(ports, tx, schedule);
  });

const isOpen = ({ state }: ScheduledAgent): boolean => state === 'waits' || state === 'begun';

interface PauseStep {
  readonly window: PauseWindow;
  readonly late: boolean;
}

const pauseStep = async (
  ports: Ports,
  schedule: Schedule,
  { window, late }: PauseStep,
  claim: Claim,
): Promise<void> => {
  const { clock, store } = ports;
  if (schedule.phase === 'waiting') await beginWindow(ports, schedule, window, claim);
  const agents = await pauseAgents(ports, schedule, window, claim);
  const retryAt = clock.now() + retryMs;
  if (agents.some(isOpen) && retryAt < window.until) {
    const pausing = { phase: 'pausing', dueAt: retryAt, window } as const;
    const state = { ...pausing, ...lastingTrouble(schedule) };
    await store.schedules.advance(schedule.id, claim.holder, state);
    return;
  }
  await store.transaction(async (tx) => {
    const gone =
      'agent' in schedule.subject && agents.some(({ problem }) => problem === 'not-found');
    const state = {
      phase: 'paused',
      dueAt: window.until,
      window,
      ...optional('trouble', gone ? ('agent-gone' as const) : undefined),
    } as const;
    if (!(await tx.schedules.advance(schedule.id, claim.holder, state))) throw new ClaimLost();
    const isNews = gone && schedule.trouble !== 'agent-gone';
    await tx.schedules.saveAgents(
      agents
        .filter(isOpen)
        .map((agent) => ({ ...agent, state: 'failed', problem: 'unreachable' }) as const),
    );
    await sayPaused(ports, tx, schedule, window, { agents, late, gone: isNews });
  });
};

/** The set is fixed at the start of the window, whatever happens to the process then. */
const beginWindow = async (
  ports: Ports,
  schedule: Schedule,
  window: PauseWindow,
  claim: Claim,
): Promise<void> => {
  const agents = await agentsOf(ports, schedule).catch(async (error: unknown) => {
    await noteUnread(ports, schedule, claim, asAppError(error).code);
    throw error;
  });
  await ports.store.transaction(async (tx) => {
    const state = { phase: 'pausing', dueAt: ports.clock.now(), window } as const;
    const begun = { ...state, ...lastingTrouble(schedule) };
    if (!(await tx.schedules.advance(schedule.id, claim.holder, begun, true)))
      throw new ClaimLost();
    await tx.schedules.saveAgents(
      agents.map((agentId) => ({
        account: schedule.account,
        schedule: schedule.id,
        agentId,
        state: 'waits',
        sessions: [],
      })),
    );
  });
};

/** Where that lasts as long as the window, somebody has to hear of it. */
const noteUnread = async (
  { store }: Ports,
  schedule: Schedule,
  { holder, signal }: Claim,
  code: ErrorCode,
): Promise<void> => {
  if (signal.aborted || code === 'store-down' || code === 'internal') return;
  const { id, phase, dueAt } = schedule;
  await store.schedules.advance(id, holder, { phase, dueAt, trouble: 'fleet-unread' }, true);
};

const resumeStep = async (
  ports: Ports,
  schedule: Schedule,
  { window, lastTry }: { readonly window: PauseWindow; readonly lastTry: boolean },
  claim: Claim,
): Promise<void> => {
  const { clock, store } = ports;
  const begun = clock.now();
  const before = await store.schedules.agents(schedule.id);
  const resuming = { phase: 'resuming', dueAt: begun, window } as const;
  const trouble = lastingTrouble(schedule);
  if (
    !(await store.schedules.advance(schedule.id, claim.holder, { ...resuming, ...trouble }, true))
  )
    throw new ClaimLost();
  const resumed = await resumeAgents(ports, schedule, window, claim);
  if (resumed.delayed.length > 0 && !lastTry) {
    const again = { ...resuming, dueAt: clock.now() + retryMs, ...trouble };
    await store.schedules.advance(schedule.id, claim.holder, again);
    return;
  }
  await store.transaction(async (tx) => {
    const state = afterWindow(schedule, window, clock.now());
    if (!(await tx.schedules.advance(schedule.id, claim.holder, state))) throw new ClaimLost();
    await tx.schedules.forgetAgents(schedule.id);
    if (schedule.endedAt !== undefined) {
      await tx.timedResumes.cancelOfSchedule(schedule.id);
      await tx.schedules.remove(schedule.id);
    }
    // The window is over, and nobody has heard yet who could not be paused in it.
    if (before.some(isOpen))
      await sayPaused(ports, tx, schedule, window, { agents: before, late: true, gone: false });
    await sayResumed(ports, tx, schedule, window, { resumed, begun });
  });
};

/** After a start, and when the wall time was set: what waits for a time that a wrong clock has named gets a new one. */
const placeAnew = async ({ store, clock, log }: Ports): Promise<void> => {
  for (const schedule of await store.schedules.waiting()) {
    const dueAt = misplaced(schedule, clock.now());
    if (dueAt === undefined) continue;
    log.info('schedule.rescheduled', { dueAt });
    await store.schedules.moveTo(schedule.id, dueAt);
  }
};

export const schedulesJob = (ports: Ports): Job => {
  const holder = ports.newId();
  const wallSetBy = watchWall(ports.clock);
  let misplacing = true;
  return {
    name: 'schedules',
    run: async (signal) => {
      misplacing ||= wallSetBy() !== 0;
      if (misplacing) await placeAnew(ports);
      misplacing = false;
      await workOnDue(ports, { holder, signal });
    },
  };
};
