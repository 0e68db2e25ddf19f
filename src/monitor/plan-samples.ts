import { optional } from '../core/optional.ts';
import { type AgentView, shownReading } from '../core/overview.ts';
import type { Sample } from '../core/stores.ts';

/** When the newest kept sample of each session was measured, ms since 1970. */
export type SampledAt = Map<string, number>;

export const sampleKey = ({ agentId, sessionId }: Pick<Sample, 'agentId' | 'sessionId'>): string =>
  `${agentId}/${sessionId}`;

/** What an agent's sessions measured since the last look; old news is no sample of now. */
export const newSamples = (
  { agent, sessions }: AgentView,
  sampledAt: ReadonlyMap<string, number>,
): readonly Sample[] => {
  const samples: Sample[] = [];
  for (const session of sessions) {
    const reading = shownReading(session);
    if (session.stale || reading?.measuredAt === undefined) continue;
    const { word, score, measuredAt: at } = reading;
    const of = { agentId: agent.id, sessionId: session.id };
    if (at > (sampledAt.get(sampleKey(of)) ?? 0))
      samples.push({ ...of, at, word, ...optional('score', score) });
  }
  return samples;
};
