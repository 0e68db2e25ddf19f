import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Installations } from '../../platform/conversation.ts';
import { type AppError, asAppError, passesByItself } from '../../platform/errors.ts';
import type { Job } from '../../platform/job.ts';
import type { Logger } from '../../platform/log.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { explain } from '../../ui/explanations/explain.ts';
import type { AuditLog } from '../audit/store.ts';
import type { SessionMemory } from '../fleet/store.ts';
import { ownChangeLifetimeMs } from './domain/own-change.ts';
import type { OwnChanges, TimedResume, TimedResumes } from './store.ts';

interface Collections {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly installations: Installations;
  readonly outbox: Outbox;
  readonly sessions: SessionMemory;
  readonly timedResumes: TimedResumes;
}

interface Ports {
  readonly clock: Clock;
  readonly ownChanges: OwnChanges;
  readonly log: Logger;
  readonly newId: () => string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly store: Transactional<Collections> & {
    readonly sessions: SessionMemory;
    readonly timedResumes: TimedResumes;
  };
}

/** Nobody else tries meanwhile; what fails for now is tried again then. */
const claimMs = 60_000;
/** After so long nobody waits for it any more. */
const triedForMs = 24 * 60 * 60_000;

/**
 * Ends the pauses whose time has come, also those that were due while no instance ran, and notifies who
 * set them. Resuming twice does no harm, so a crash in between costs nothing.
 */
const carryOutResumes = async (
  ports: Ports,
  holder: string,
  signal: AbortSignal,
): Promise<void> => {
  const due = await ports.store.timedResumes.claimDue(holder, ports.clock.now(), claimMs);
  for (const resume of due) {
    signal.throwIfAborted();
    await carryOut(ports, resume, holder, signal);
  }
};

const carryOut = async (
  ports: Ports,
  resume: TimedResume,
  holder: string,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, log } = ports;
  const failure = await resumeSessions(ports, resume, signal);
  const late = clock.now() - resume.dueAt;
  if (failure !== undefined && passesByItself(failure.code) && late < triedForMs) {
    log.warn('timed-resume.delayed', { code: failure.code });
    return;
  }
  await finish(ports, resume, holder, failure);
};

/** What went wrong, if anything. */
const resumeSessions = async (
  { pingPlotter, ownChanges, clock, pollSeconds }: Ports,
  { account, agentId, sessions }: TimedResume,
  signal: AbortSignal,
): Promise<AppError | undefined> => {
  const api = pingPlotter(account);
  const expect = (session?: SessionId): Promise<void> =>
    ownChanges.add(account, {
      agent: agentId,
      kind: 'resume',
      at: clock.now(),
      until: clock.now() + ownChangeLifetimeMs(pollSeconds),
      ...optional('session', session),
    });
  try {
    if (sessions.length === 0) {
      await expect();
      await api.setSessions(agentId, 'resume', signal);
    }
    for (const session of sessions) {
      await expect(session);
      await api.setSession(agentId, session, 'resume', signal);
    }
    return undefined;
  } catch (error) {
    return asAppError(error);
  }
};

const finish = async (
  ports: Ports,
  resume: TimedResume,
  holder: string,
  failure: AppError | undefined,
): Promise<void> => {
  const { account, conversationKey, agentId, sessions, by, dueAt } = resume;
  const { store, clock, newId } = ports;
  const agentName = await nameOf(ports, account, agentId);
  const known = await store.sessions.seen(account, agentId);
  const meant = known.filter(({ id }) => sessions.length === 0 || sessions.includes(id));
  const at = clock.now();
  const notice: Notice = {
    kind: 'resumed',
    agentId,
    agentName,
    sessions,
    by: by.name,
    dueAt,
    at,
    ...optional('failed', failure && sentence(failure)),
  };
  await store.transaction(async (tx) => {
    // Somebody resumed or paused by hand meanwhile: that counts, and is known already.
    if (!(await tx.timedResumes.finish(resume.id, holder))) return;
    if (failure === undefined) {
      const ids = meant.map(({ id }) => id);
      await tx.sessions.markPaused(account, agentId, ids, undefined);
    }
    const tenantId = (await tx.installations.find(resume))?.tenantId;
    if (tenantId !== undefined)
      await tx.audit.append({
        account,
        tenantId,
        conversationKey,
        personId: by.id,
        personName: by.name,
        at,
        action: sessions.length === 0 ? 'agent.resume' : 'session.resume',
        agentId,
        agentName,
        result: failure?.code ?? 'done',
        detail: 'at the end of a timed pause',
        correlationId: resume.id,
      });
    await tx.outbox.enqueue([
      { account, conversationKey, card: newId(), kind: 'post', payload: notice, dueAt: at },
    ]);
  });
};

/** As it is called now; its id when nobody can say. */
const nameOf = async ({ pingPlotter }: Ports, account: string, agentId: AgentId): Promise<string> =>
  pingPlotter(account)
    .agent(agentId)
    .then(
      ({ name }) => name,
      () => agentId,
    );

const sentence = ({ code, detail }: AppError): string => {
  if (detail.reason !== undefined) return explain(detail.reason);
  switch (code) {
    case 'not-found':
      return 'PingPlotter does not know this agent or target any more.';
    case 'permission-missing':
      return 'The API key is not allowed to resume: it needs the permission TargetManagement.';
    case 'rejected':
      return 'PingPlotter refused to resume it.';
    default:
      return 'PingPlotter could not be reached for a day. Resume it by hand.';
  }
};

export const timedResumesJob = (ports: Ports): Job => {
  const holder = ports.newId();
  return { name: 'timed resumes', run: (signal) => carryOutResumes(ports, holder, signal) };
};
