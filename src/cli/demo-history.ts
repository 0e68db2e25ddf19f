import { statusReading } from '../features/fleet/domain/quality.ts';
import type { Sample } from '../features/history/store.ts';
import type { QualityWord } from '../platform/agent.ts';
import { systemClock } from '../platform/clock.ts';
import { createLogger } from '../platform/log.ts';
import type { SimulatedAgent, SimulatedSession } from '../simulator/agent.ts';
import { type PastMoment, pastOf } from '../simulator/past.ts';
import { wordFor } from '../simulator/quality-definition.ts';
import { openStore } from '../store/open.ts';

/** As far back as the bot keeps samples. */
const weekMs = 7 * 24 * 60 * 60_000;
/** As the bot itself keeps them after a day. */
const everyMs = 15 * 60_000;

/** What the bot would have stored by now, had it watched this fleet for a week; oldest first. */
export const weekOfSamples = (agents: readonly SimulatedAgent[], now: number): readonly Sample[] =>
  [...pastOf(agents, { from: now - weekMs, until: now, everyMs, seed: 1 })].flatMap(samplesOf);

/** Fills a new database with that week. */
export const storeWeek = async (
  databaseUrl: string,
  account: string,
  agents: readonly SimulatedAgent[],
  now: number,
): Promise<void> => {
  const log = createLogger('error', (line) => process.stderr.write(line));
  const store = await openStore({ url: databaseUrl, clock: systemClock, log });
  try {
    // Thinning a week takes the bot minutes on a slow disk, while somebody waits for its first answer.
    await store.samples.add(account, weekOfSamples(agents, now), 'thinned');
  } finally {
    await store.close();
  }
};

const samplesOf = ({ agents }: PastMoment): readonly Sample[] =>
  agents.flatMap((agent) => agent.sessions.flatMap((session) => sampleOf(agent, session)));

const words = { Good: 'good', Fair: 'fair', Poor: 'poor' } as const satisfies Readonly<
  Record<string, QualityWord>
>;

/** One reading stands for a session, chosen as the bot chooses it. */
const sampleOf = (agent: SimulatedAgent, session: SimulatedSession): readonly Sample[] => {
  const readings = session.readings.map(({ definitionId, score, measuredAt }) => ({
    definitionId,
    score,
    measuredAt,
    word: words[wordFor(definitionId, score)],
  }));
  const reading = statusReading(readings, agent.expected?.id, () => true);
  if (reading?.measuredAt === undefined) return [];
  const { measuredAt: at, word, score } = reading;
  return [{ agentId: agent.id, sessionId: session.id, at, word, score }];
};
