import type { AgentView } from './agent-view.ts';
import { definitionName } from './session-view.ts';

export interface UnnamedScores {
  /** That cards leave out. */
  readonly scores: number;
  /** Targets that have their word and score by such a definition; cards say so. */
  readonly targets: number;
  /** The ids of their definitions. */
  readonly definitions: readonly string[];
}

/** The scores of a fleet whose definition nobody names; nothing where there are none. */
export const unnamedScores = (agents: readonly AgentView[]): UnnamedScores | undefined => {
  const ids = new Set<string>();
  let scores = 0;
  let targets = 0;
  for (const { sessions, definitions } of agents)
    for (const session of sessions)
      for (const [place, reading] of session.readings.entries()) {
        if (definitionName(reading, session, definitions) !== undefined) continue;
        if (place === 0) targets += 1;
        else scores += 1;
        ids.add(reading.definitionId);
      }
  return ids.size === 0 ? undefined : { scores, targets, definitions: [...ids] };
};
