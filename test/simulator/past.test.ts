import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { type PastMoment, pastOf } from '../../src/simulator/past.ts';
import { wordFor } from '../../src/simulator/quality-definition.ts';
import { started, startedAt } from './started.ts';

const hourMs = 60 * 60_000;
const week = {
  from: startedAt - 7 * 24 * hourMs,
  until: startedAt,
  everyMs: 15 * 60_000,
  seed: 1,
};

const wordsOf = (past: readonly PastMoment[], agentId: string): readonly string[] =>
  past.flatMap(({ agents }) =>
    agents
      .filter(({ id }) => id === agentId)
      .flatMap(({ sessions }) => sessions.flatMap(({ readings }) => readings))
      .map(({ definitionId, score }) => wordFor(definitionId, score)),
  );

const withScore = (id: string, score: number, site = '') =>
  simulatedAgent({
    id,
    name: id,
    site,
    lastMessageAt: startedAt,
    sessions: [simulatedSession({ id: `${id}-session`, readings: [simulatedReading({ score })] })],
  });

describe('the past of a fleet', () => {
  it('is the same for the same seed, and has a moment for each step', async () => {
    const { simulator } = await started();
    const agents = simulator.fleet.agents();
    const day = { ...week, from: startedAt - 24 * hourMs };
    const past = [...pastOf(agents, day)];
    expect(past).toEqual([...pastOf(agents, day)]);
    expect(past.map(({ at }) => at)).toEqual(
      Array.from({ length: 24 * 4 }, (_, step) => day.from + step * day.everyMs),
    );
  });

  it('leads to today: what is Poor now has been so for some hours, and was Good before', () => {
    const words = wordsOf([...pastOf([withScore('poor', 30)], week)], 'poor');
    const hours = (word: string): number => words.filter((one) => one === word).length / 4;
    expect(words.at(-1)).toBe('Poor');
    expect(hours('Poor')).toBeGreaterThan(1);
    expect(hours('Poor')).toBeLessThan(24);
    expect(words.slice(0, 4 * 24).every((word) => word === 'Good')).toBe(true);
  });

  it('has the site with the most bad agents lose its line once a day, with all its agents', () => {
    const fleet = [
      withScore('bad', 30, 'Los Angeles'),
      withScore('beside', 95, 'Los Angeles'),
      withScore('elsewhere', 95, 'Boise'),
    ];
    const past = [...pastOf(fleet, week)];
    const daysInTrouble = (agent: string): number =>
      new Set(
        past
          .filter((moment) => wordsOf([moment], agent).includes('Poor'))
          .map(({ at }) => Math.floor((at - week.from) / (24 * hourMs))),
      ).size;
    expect(daysInTrouble('beside')).toBeGreaterThanOrEqual(6);
    expect(daysInTrouble('elsewhere')).toBeLessThan(4);
  });

  it('ends where an agent went offline, and where a target was paused', () => {
    const gone = startedAt - 9 * hourMs;
    const session = simulatedSession({
      id: 'only',
      status: 'Paused',
      readings: [simulatedReading({ score: 95, measuredAt: gone })],
    });
    const paused = simulatedAgent({
      id: 'one',
      name: 'One',
      lastMessageAt: startedAt,
      sessions: [session],
    });
    const offline = {
      ...paused,
      online: false,
      lastMessageAt: gone,
      sessions: [{ ...session, status: 'Active' as const }],
    };
    for (const agent of [paused, offline]) {
      const measured = [...pastOf([agent], week)].filter(({ agents }) => agents.length > 0);
      expect(measured.at(0)?.at).toBe(week.from);
      expect(measured.at(-1)?.at).toBe(gone);
    }
  });

  it('leaves out who was never measured: templates, deleted agents, and those without a reading', () => {
    const unmeasured = simulatedAgent({
      id: 'new',
      name: 'New',
      lastMessageAt: startedAt,
      sessions: [simulatedSession({ id: 'unmeasured', readings: [] })],
    });
    const fleet = [
      { ...withScore('template', 95), template: true },
      { ...withScore('deleted', 95), deletedAt: startedAt - hourMs },
      simulatedAgent({ id: 'never', name: 'Never', online: false }),
      unmeasured,
    ];
    const readings = [...pastOf(fleet, week)]
      .flatMap(({ agents }) => agents)
      .flatMap(({ sessions }) => sessions.flatMap((one) => one.readings));
    expect(readings).toEqual([]);
  });
});
