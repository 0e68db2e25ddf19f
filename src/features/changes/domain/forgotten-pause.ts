import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { PausedBy, SeenSession } from '../../fleet/store.ts';
import type { TimedResume } from '../store.ts';
import { concerns } from './timed-resume.ts';

/** A pause older than this, without an end, may have been forgotten. */
export const forgottenAfterMs = 24 * 60 * 60_000;

export interface EndlessPause {
  readonly agent: AgentId;
  readonly session: SessionId;
  /** Of the target. */
  readonly name: string;
  readonly by: PausedBy;
}

/** The pauses that nothing ends but a person: neither those of a schedule nor those with an end. */
export const endlessPauses = (
  paused: ReadonlyMap<AgentId, readonly SeenSession[]>,
  resumes: readonly TimedResume[],
): readonly EndlessPause[] => {
  const ends = new Map<AgentId, TimedResume[]>();
  for (const resume of resumes) {
    const others = ends.get(resume.agentId);
    if (others === undefined) ends.set(resume.agentId, [resume]);
    else others.push(resume);
  }
  return [...paused].flatMap(([agent, sessions]) =>
    sessions.flatMap(({ id, name, pausedBy }) =>
      pausedBy === undefined ||
      pausedBy.schedule === true ||
      ends.get(agent)?.some((resume) => concerns(resume, id)) === true
        ? []
        : [{ agent, session: id, name, by: pausedBy }],
    ),
  );
};
