import type { SessionId } from '../../../platform/agent.ts';
import type { ResumeTimes } from '../../fleet/ports.ts';
import type { TimedResume } from '../store.ts';
import type { PauseEnd } from './change.ts';

/** Some sessions of an agent, or all of them. */
export type ConcernedSessions = readonly SessionId[] | 'all';

export const resumeTimes = (resumes: readonly TimedResume[]): ResumeTimes =>
  new Map(
    // The earliest one counts, so it has to be set last.
    resumes
      .toSorted((a, b) => b.dueAt - a.dueAt)
      .flatMap(({ sessions, dueAt }) =>
        (sessions.length === 0 ? [''] : sessions).map((id) => [id, dueAt] as const),
      ),
  );

export const concerns = ({ sessions }: Pick<TimedResume, 'sessions'>, id: SessionId): boolean =>
  sessions.length === 0 || sessions.includes(id);

/**
 * What is left of a timed resume for the sessions that nobody changed; nothing if none is, and the
 * resume itself if all are. `known` = the sessions that the agent has.
 */
export const leftOf = (
  resume: TimedResume,
  touched: ConcernedSessions,
  known: readonly SessionId[],
): TimedResume | undefined => {
  if (touched === 'all') return undefined;
  if (!touched.some((id) => concerns(resume, id))) return resume;
  const held = resume.sessions.length === 0 ? known : resume.sessions;
  const sessions = held.filter((id) => !touched.includes(id));
  return sessions.length === 0 ? undefined : { ...resume, sessions };
};

/** When the pauses of these sessions would end by themselves, an end for each timed resume that concerns any. */
export const endsOf = (
  resumes: readonly TimedResume[],
  sessions: readonly SessionId[],
): readonly PauseEnd[] =>
  resumes
    .map(({ conversationKey, dueAt, by, ...resume }) => ({
      conversationKey,
      sessions: sessions.filter((id) => concerns(resume, id)),
      dueAt,
      by,
    }))
    .filter((end) => end.sessions.length > 0);
