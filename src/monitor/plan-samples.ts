import type { AgentView } from '../core/overview.ts';
import { shownReading } from '../core/session-view.ts';
import type { Sample } from '../core/stores.ts';

/** What an agent's sessions measured since the look before; what was old already is no sample of now. */
export const newSamples = (
  { agent, sessions }: AgentView,
  before: AgentView | undefined,
): readonly Sample[] => {
  const samples: Sample[] = [];
  for (const session of sessions) {
    const reading = shownReading(session);
    if (session.stale || reading?.measuredAt === undefined) continue;
    const { word, score, measuredAt: at } = reading;
    const last = before?.sessions.find(({ id }) => id === session.id);
    if (at > ((last && shownReading(last)?.measuredAt) ?? 0))
      samples.push({ agentId: agent.id, sessionId: session.id, at, word, score });
  }
  return samples;
};
