import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Transactional } from '../../platform/store.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { SessionView } from '../fleet/domain/session-view.ts';
import type { AgentCardPart } from '../fleet/ports.ts';
import type { PauseEnd } from './domain/change.ts';
import {
  type ConcernedSessions,
  concerns,
  endsOf,
  leftOf,
  resumeTimes,
} from './domain/timed-resume.ts';
import type { TimedResume, TimedResumes } from './store.ts';

export interface Ports {
  readonly log: Logger;
  readonly newId: () => string;
  readonly store: Transactional<{ readonly timedResumes: TimedResumes }> & {
    readonly timedResumes: TimedResumes;
  };
}

/**
 * Notes that a pause ends by itself, before it begins: a crash in between must not leave it without
 * an end. Only for sessions that the pause stops, or that an earlier one would have resumed: what
 * somebody paused for good stays paused. Undefined when there are none.
 */
export const planResume =
  ({ store, newId }: Ports) =>
  async (
    scope: Scope,
    before: AgentView,
    meant: readonly SessionView[],
    dueAt: number,
  ): Promise<TimedResume | undefined> => {
    const agentId = before.agent.id;
    const earlier = await store.timedResumes.forAgent(scope.account, agentId);
    const resuming = meant.filter(
      ({ id, state }) => state !== 'paused' || earlier.some((resume) => concerns(resume, id)),
    );
    if (resuming.length === 0 && meant.length > 0) return undefined;
    const all = resuming.length === before.sessions.length;
    const resume: TimedResume = {
      ...conversationOf(scope),
      id: newId(),
      agentId,
      sessions: all ? [] : resuming.map(({ id }) => id),
      dueAt,
      by: actorOf(scope),
    };
    await store.timedResumes.add(resume);
    return resume;
  };

/** When the pauses of these sessions would have ended, before somebody changes them. A store that fails knows of none. */
export const readEnds =
  ({ store, log }: Pick<Ports, 'store' | 'log'>) =>
  async (
    account: string,
    agentId: AgentId,
    sessions: readonly SessionId[],
  ): Promise<readonly PauseEnd[]> => {
    try {
      return endsOf(await store.timedResumes.forAgent(account, agentId), sessions);
    } catch (error) {
      log.warn('change.undo-not-stored', { code: asAppError(error).code });
      return [];
    }
  };

/** Plans the ends again that a change had cancelled; gives what it planned. */
export const planEnds =
  ({ store, newId }: Ports) =>
  async (
    account: string,
    agentId: AgentId,
    ends: readonly PauseEnd[],
  ): Promise<readonly TimedResume[]> => {
    const planned = ends.map((end) => ({ ...end, account, agentId, id: newId() }));
    await store.transaction(async (tx) => {
      for (const resume of planned) await tx.timedResumes.add(resume);
    });
    return planned;
  };

/**
 * Takes these sessions out of all timed resumes but those that were just planned: somebody decided
 * again. The change itself has worked by then, so a store that fails is reported in a sentence.
 */
export const forgetResumes =
  (ports: Ports) =>
  async (
    account: string,
    before: AgentView,
    touched: ConcernedSessions,
    planned: readonly TimedResume[] = [],
  ): Promise<string | undefined> => {
    try {
      const resumes = await ports.store.timedResumes.forAgent(account, before.agent.id);
      const earlier = resumes.filter(({ id }) => planned.every((one) => one.id !== id));
      const known = before.sessions.map(({ id }) => id);
      for (const resume of earlier) await cutDown(ports, resume, leftOf(resume, touched, known));
      return undefined;
    } catch (error) {
      ports.log.warn('timed-resume.not-dropped', { code: asAppError(error).code });
      return 'If a resume was planned before, it still stands: it could not be cancelled.';
    }
  };

const cutDown = async (
  { store, newId }: Ports,
  resume: TimedResume,
  left: TimedResume | undefined,
): Promise<void> => {
  if (left === resume) return;
  await store.transaction(async (tx) => {
    // Somebody may have carried it out meanwhile: then there is nothing left to do later.
    if ((await tx.timedResumes.cancel(resume.id)) && left !== undefined)
      await tx.timedResumes.add({ ...left, id: newId() });
  });
};

/** When paused targets of an agent resume by themselves. */
export const resumesPart =
  ({ store }: { readonly store: { readonly timedResumes: TimedResumes } }): AgentCardPart =>
  async (account, { agent }) => ({
    resumes: resumeTimes(await store.timedResumes.forAgent(account, agent.id)),
  });
