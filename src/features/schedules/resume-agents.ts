import { asAppError, type ErrorCode, passesByItself } from '../../platform/errors.ts';
import type { TimedResume } from '../changes/store.ts';
import type { Schedule } from './domain/schedule.ts';
import type { ScheduleJobPorts as Ports } from './ports.ts';
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
  claim: Claim,
): Promise<Resumed> => {
  const due = await ports.store.timedResumes.ofSchedule(schedule.id);
  const names = agentNames(ports, schedule.account);
  let agents = 0;
  const failed: FailedAgent[] = [];
  const delayed: FailedAgent[] = [];
  await atMost(ports.concurrency, due, async (resume) => {
    await requireClaim(ports.store, schedule, claim);
    const name = names.get(resume.agentId) ?? resume.agentId;
    const outcome = await resumeAgent(ports, schedule, claim, resume, name);
    const problem = { agentId: resume.agentId, name, problem: outcome };
    if (outcome === 'done') agents += 1;
    else if (outcome === 'by-hand') return;
    else (passesByItself(outcome) ? delayed : failed).push(problem);
  });
  ports.fleets.forget(schedule.account);
  return { agents, failed, delayed };
};

const resumeAgent = async (
  ports: Ports,
  schedule: Schedule,
  claim: Claim,
  { id, agentId, sessions, by }: TimedResume,
  agentName: string,
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
