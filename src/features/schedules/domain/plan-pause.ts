import type { SessionId } from '../../../platform/agent.ts';
import { concerns, leftOf } from '../../changes/domain/timed-resume.ts';
import type { TimedResume } from '../../changes/store.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';

export interface PlannedPause {
  /** Those that the window pauses; empty = all of the agent's. */
  readonly sessions: readonly SessionId[];
  /** None of them measures: only their end changes. */
  readonly paused: boolean;
  /** Timed resumes that the window's end takes the place of, each with what is left of it. */
  readonly replaced: readonly { readonly earlier: TimedResume; readonly left?: TimedResume }[];
}

/**
 * What a window does to an agent, with the timed resumes that it has. What somebody paused for good, or until later
 * than the window's end, is not the schedule's; a pause that would end within the window goes on until its end.
 * Nothing = there is nothing to pause.
 */
export const planPause = (
  { sessions }: Pick<AgentView, 'sessions'>,
  earlier: readonly TimedResume[],
  until: number,
): PlannedPause | undefined => {
  const endOf = (id: SessionId): number =>
    Math.min(...earlier.filter((one) => concerns(one, id)).map(({ dueAt }) => dueAt));
  const taken = sessions.filter(({ id, state }) => state !== 'paused' || endOf(id) < until);
  if (taken.length === 0 && sessions.length > 0) return undefined;
  const ids = taken.map(({ id }) => id);
  const all = taken.length === sessions.length;
  const known = sessions.map(({ id }) => id);
  return {
    sessions: all ? [] : ids,
    paused: taken.length > 0 && taken.every(({ state }) => state === 'paused'),
    replaced: earlier.flatMap((one) => {
      const left = leftOf(one, all ? 'all' : ids, known);
      if (left === one) return [];
      return [left === undefined ? { earlier: one } : { earlier: one, left }];
    }),
  };
};
