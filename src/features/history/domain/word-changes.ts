import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { SampleBatch, SampledSession } from '../store.ts';

/** How often the word of a session changed; the samples come oldest first within each session. */
export interface WordChangesFold {
  add(batch: SampleBatch): void;
  /** Of each session whose word changed at all. */
  changes(): readonly {
    readonly agent: AgentId;
    readonly session: SessionId;
    readonly changes: number;
  }[];
}

/** The place of 'unknown' in `sampleWords`: no word changes to it or from it. */
const unknown = 3;

export const foldWordChanges = (): WordChangesFold => {
  const counters = new Map<SampledSession, { word: number; changes: number }>();
  return {
    add: ({ length, sessions, words }) => {
      for (let index = 0; index < length; index += 1) {
        const session = sessions[index];
        const word = words[index] ?? unknown;
        if (session === undefined || word === unknown) continue;
        const counter = counters.get(session);
        if (counter === undefined) counters.set(session, { word, changes: 0 });
        else if (counter.word !== word) {
          counter.word = word;
          counter.changes += 1;
        }
      }
    },
    changes: () =>
      [...counters].flatMap(([{ agentId, sessionId }, { changes }]) =>
        changes === 0 ? [] : [{ agent: agentId, session: sessionId, changes }],
      ),
  };
};
