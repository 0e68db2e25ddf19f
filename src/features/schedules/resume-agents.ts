import type { AgentId, SessionId } from '../../platform/agent.ts';
import { asAppError, type ErrorCode, passesByItself } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import type { TimedResume } from '../changes/store.ts';
import { isLateEnd, type Schedule } from './domain/schedule.ts';
import type { PauseWindow } from './domain/times.ts';
import type { ScheduleJobPorts as Ports, ScheduleCollections } from './ports.ts';
import {
  agentNames,
  atMost,
  audit,
  type Claim,
  ownSignal,
  requireClaim,
  suppress,
} from './work.ts';

export interface FailedAgent {
  readonly agentId: string;
  readonly name: string;
  /** The code of what went wrong. */
  readonly problem: string;
}

export interface Resumed {
  /** Those whose pause ended late, or after the schedule. */
  readonly agents: number;
  readonly failed: readonly FailedAgent[];
  /** These could not be resumed for now. */
  readonly delayed: readonly FailedAgent[];
}

/**
 * Resumes what the schedule paused, but for what somebody has resumed or paused by hand meanwhile. Resuming twice does
 * no harm. Rejects with ClaimLost, and when aborted.
 */
export const resumeAgents = async (
  ports: Ports,
  schedule: Schedule,
  window: PauseWindow,
  claim: Claim,
): Promise<Resumed> => {
  const due = await ports.store.timedResumes.ofSchedule(schedule.id);
  const names = agentNames(ports, schedule.account);
  const called = (agentId: string): string => names.get(agentId) ?? agentId;
  const delayed: FailedAgent[] = [];
  await atMost(ports.concurrency, due, async (resume) => {
    await requireClaim(ports.store, schedule, claim);
    const { agentId } = resume;
    const name = called(agentId);
    const isLate = isLateEnd(schedule, window, ports.clock.now());
    const outcome = await resumeAgent(ports, schedule, claim, { resume, name, isLate });
    if (outcome !== 'done' && outcome !== 'by-hand' && passesByItself(outcome))
      delayed.push({ agentId, name, problem: outcome });
  });
  ports.fleets.forget(schedule.account);
  // Also those that a process before this one has resumed, or tried to.
  const over = (await ports.store.schedules.agents(schedule.id)).filter(
    ({ state }) => state === 'resumed',
  );
  const failed = over.flatMap(({ agentId, problem }) =>
    problem === undefined ? [] : [{ agentId, name: called(agentId), problem }],
  );
  return { agents: over.length - failed.length, failed, delayed };
};

interface Resuming {
  readonly resume: TimedResume;
  readonly name: string;
  readonly isLate: boolean;
}

const resumeAgent = async (
  ports: Ports,
  schedule: Schedule,
  claim: Claim,
  { resume: { id, agentId, sessions, by }, name: agentName, isLate }: Resuming,
): Promise<ErrorCode | 'done' | 'by-hand'> => {
  const { account } = schedule;
  // Asked again right before: who paused by hand meanwhile wants it to stay so.
  const now = await ports.store.timedResumes.forAgent(account, agentId);
  if (now.every((one) => one.id !== id)) return 'by-hand';
  const result = await callPingPlotter(ports, claim, { account, agentId, sessions });
  if (result !== 'done' && passesByItself(result)) {
    ports.log.warn('schedule.agent-delayed', { code: result });
    return result;
  }
  return ports.store.transaction(async (tx) => {
    if (!(await tx.timedResumes.cancel(id))) return 'by-hand';
    const known = await tx.sessions.seen(account, agentId);
    const ids = sessions.length === 0 ? known.map((session) => session.id) : sessions;
    if (result === 'done') await tx.sessions.markPaused(account, agentId, ids, undefined);
    if (isLate || result !== 'done') await note(tx, schedule, agentId, sessions, result);
    await audit(tx, schedule, {
      action: 'agent.resume',
      agentId,
      agentName,
      at: ports.clock.now(),
      result,
      tenantId: (await tx.installations.find(schedule))?.tenantId,
      by,
    });
    return result;
  });
};

/** What is news stays until it is said, whatever happens to the process. */
const note = (
  { schedules }: Pick<ScheduleCollections, 'schedules'>,
  { id, account }: Schedule,
  agentId: AgentId,
  sessions: readonly SessionId[],
  result: ErrorCode | 'done',
): Promise<void> => {
  const problem = optional('problem', result === 'done' ? undefined : result);
  return schedules.saveAgents([
    { account, schedule: id, agentId, sessions, state: 'resumed', ...problem },
  ]);
};

const callPingPlotter = async (
  ports: Ports,
  claim: Claim,
  { account, agentId, sessions }: Pick<TimedResume, 'account' | 'agentId' | 'sessions'>,
): Promise<ErrorCode | 'done'> => {
  const api = ports.pingPlotter(account);
  try {
    if (sessions.length === 0) {
      await suppress(ports, account, agentId, 'resume');
      await api.setSessions(agentId, 'resume', ownSignal(claim));
    }
    for (const session of sessions) {
      await suppress(ports, account, agentId, 'resume', session);
      await api.setSession(agentId, session, 'resume', ownSignal(claim));
    }
    return 'done';
  } catch (error) {
    if (claim.signal.aborted) throw error;
    return asAppError(error).code;
  }
};
