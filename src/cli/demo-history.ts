import { statusReading } from '../features/fleet/domain/quality.ts';
import type { Sample } from '../features/history/store.ts';
import type { QualityWord } from '../platform/agent.ts';
import { systemClock } from '../platform/clock.ts';
import { createLogger } from '../platform/log.ts';
import type { SimulatedAgent, SimulatedSession } from '../simulator/agent.ts';
import { type PastMoment, pastOf } from '../simulator/past.ts';
import { isMeasured } from '../simulator/present.ts';
import { wordFor } from '../simulator/quality-definition.ts';
import { openStore } from '../store/open.ts';

/** As far back as the bot keeps samples. */
const weekMs = 7 * 24 * 60 * 60_000;
/** As the bot itself keeps them after a day. */
const everyMs = 15 * 60_000;

/** The week before, as the fleet lived it; oldest first. */
export const weekOf = (agents: readonly SimulatedAgent[], now: number): readonly PastMoment[] => [
  ...pastOf(agents, { from: now - weekMs, until: now, everyMs, seed: 1 }),
];

/** What the bot would have stored by now, had it watched this fleet for a week; oldest first. */
export const weekOfSamples = (agents: readonly SimulatedAgent[], now: number): readonly Sample[] =>
  weekOf(agents, now).flatMap(samplesOf);

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
    const week = weekOf(agents, now);
    await store.samples.add(account, week.flatMap(samplesOf), 'thinned');
    // A week is what it takes to know when agents are usually online.
    const idle = agents.filter(isOnlineAndIdle).map(({ id }) => id);
    await store.transaction(async ({ presence }) => {
      for (const moment of week)
        await presence.mark(account, moment.at, new Set([...onlineIds(moment), ...idle]));
    });
  } finally {
    await store.close();
  }
};

const onlineIds = ({ agents }: PastMoment): readonly string[] =>
  agents.filter(({ online }) => online).map(({ id }) => id);

/** Its past has no measurement, and it is there all the same. */
const isOnlineAndIdle = ({ online, template, deletedAt, sessions }: SimulatedAgent): boolean =>
  online && !template && deletedAt === undefined && !sessions.some(isMeasured);

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
