import type { Sample } from '../core/stores.ts';
import type { MeasuredSession, Sighting } from './sighting.ts';

/** What an agent's sessions measured since the look before; what was old already is no sample of now. */
export const noteSamples = (
  { facts }: Sighting,
  sessions: readonly MeasuredSession[],
  before: Sighting | undefined,
  samples: Sample[],
): void => {
  for (const { id: sessionId, reading, stale } of sessions) {
    const { word, score, measuredAt: at } = reading;
    if (stale || at === undefined || at <= (before?.measuredAt(sessionId) ?? 0)) continue;
    samples.push({ agentId: facts.agent.id, sessionId, at, word, score });
  }
};
