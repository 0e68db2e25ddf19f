import type { AgentView } from './agent-view.ts';
import { definitionName } from './session-view.ts';

export interface UnnamedScores {
  readonly scores: number;
  /** The ids of their definitions. */
  readonly definitions: readonly string[];
}

/** The scores of a fleet that cards leave out, as nobody names their definition; nothing where there are none. */
export const unnamedScores = (agents: readonly AgentView[]): UnnamedScores | undefined => {
  const ids = new Set<string>();
  let scores = 0;
  for (const { sessions, definitions } of agents)
    for (const session of sessions)
      for (const reading of session.readings.slice(1))
        if (definitionName(reading, session, definitions) === undefined) {
          scores += 1;
          ids.add(reading.definitionId);
        }
  return scores === 0 ? undefined : { scores, definitions: [...ids] };
};
