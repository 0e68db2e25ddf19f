import { type SimulatedAgent, type SimulatedSession, simulatedReading } from './agent.ts';
import { createLife } from './life.ts';
import { isMeasured } from './present.ts';
import { definitionOf, wordFor } from './quality-definition.ts';
import { between, createRandom, type Random } from './random.ts';
import { createWorld } from './world.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

export interface Past {
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
  readonly everyMs: number;
  /** The same seed gives the same past. */
  readonly seed: number;
}

export interface PastMoment {
  /** ms since 1970 */
  readonly at: number;
  /** Only who was measured then, and of each agent only what was. */
  readonly agents: readonly SimulatedAgent[];
}

/**
 * How the fleet came to be as it is: it lived as it goes on living. What is Fair or Poor now was Good until some
 * hours ago, and the site with the most of them lost its line once a day.
 */
export function* pastOf(
  agents: readonly SimulatedAgent[],
  { from, until, everyMs, seed }: Past,
): Generator<PastMoment> {
  const random = createRandom(seed);
  let at = from;
  const nowMeasured = agents.filter(
    ({ template, deletedAt }) => !template && deletedAt === undefined,
  );
  const world = createWorld(nowMeasured.map(asGood), () => at);
  const life = createLife(world, random, () => at, { collapseEveryMinutes: (2 * dayMs) / 60_000 });
  const turns = nowMeasured.filter(isBad).map((agent) => ({ agent, at: turnOf(until, random) }));
  const troubled = mostTroubled(nowMeasured);
  let troubleAt = from + between(random, 0, dayMs);
  while (at < until) {
    for (const { agent } of turns.filter((turn) => at - everyMs < turn.at && turn.at <= at))
      world.change(agent.id, (before) => withUsual(before, agent));
    life.tick();
    if (troubled !== undefined && troubleAt <= at) {
      life.collapse(troubled, between(random, 20, 50));
      troubleAt += dayMs + between(random, -2, 2) * hourMs;
    }
    yield { at, agents: measuredThen(world.agents(), nowMeasured, at) };
    at += everyMs;
  }
}

/** Late enough for the trend of the last day to show it. */
const turnOf = (until: number, random: Random): number => until - between(random, 3, 22) * hourMs;

const isBadReading = ({ definitionId, usual }: SimulatedSession['readings'][number]): boolean =>
  wordFor(definitionId, usual) !== 'Good';

const isBad = ({ sessions }: SimulatedAgent): boolean =>
  sessions.some(({ readings }) => readings.some(isBadReading));

const mostTroubled = (agents: readonly SimulatedAgent[]): string | undefined => {
  const bad = agents.filter((agent) => agent.site !== '' && isBad(agent)).map(({ site }) => site);
  const count = (site: string): number => bad.filter((one) => one === site).length;
  return bad.toSorted((a, b) => count(b) - count(a))[0];
};

/** Online, with all targets measured, and with no score that is usually Fair or Poor. */
const asGood = (agent: SimulatedAgent): SimulatedAgent => ({
  ...agent,
  online: agent.lastMessageAt !== undefined,
  sessions: agent.sessions.map((session) => ({
    ...session,
    status: 'Active',
    readings: session.readings.map((reading) =>
      simulatedReading({
        definitionId: reading.definitionId,
        score: isBadReading(reading) ? goodScore(reading.definitionId) : reading.usual,
      }),
    ),
  })),
});

const goodScore = (definitionId: string): number => (definitionOf(definitionId).goodFrom + 100) / 2;

/** Its scores go from now on to where they are usually today. */
const withUsual = (before: SimulatedAgent, now: SimulatedAgent): SimulatedAgent => ({
  ...before,
  sessions: before.sessions.map((session, index) => ({
    ...session,
    readings: session.readings.map((reading, place) => ({
      ...reading,
      usual: now.sessions[index]?.readings[place]?.usual ?? reading.usual,
    })),
  })),
});

const measuredThen = (
  then: readonly SimulatedAgent[],
  now: readonly SimulatedAgent[],
  at: number,
): readonly SimulatedAgent[] =>
  then.flatMap((agent, index) => {
    const today = now[index];
    if (today === undefined) return [];
    const sessions = agent.sessions.filter((_, place) => {
      const session = today.sessions[place];
      return session !== undefined && at <= lastMeasured(today, session);
    });
    return sessions.length === 0 ? [] : [{ ...agent, sessions }];
  });

/** Where nothing is measured any more, the last reading says until when something was. */
const lastMeasured = (agent: SimulatedAgent, session: SimulatedSession): number =>
  agent.online && isMeasured(session)
    ? Number.POSITIVE_INFINITY
    : Math.max(0, ...session.readings.map(({ measuredAt = 0 }) => measuredAt));
