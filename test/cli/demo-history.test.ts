import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeWeek, weekOfSamples } from '../../src/cli/demo-history.ts';
import { foldQualityTimes } from '../../src/features/history/domain/quality-time.ts';
import { trendsOf } from '../../src/features/history/domain/trend.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { started, startedAt } from '../simulator/started.ts';
import { aFolder } from '../store/a-folder.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const quarterMs = 15 * minuteMs;

const demoFleet = async () => {
  const { simulator } = await started();
  const agents = simulator.fleet.agents();
  const lax12 = agents.find(({ name }) => name === 'LAX-12');
  if (lax12 === undefined) throw new Error('the demo has no LAX-12');
  return { agents, lax12 };
};

/** Drawing it takes longer than all that is asked of it. */
let drawn: ReturnType<typeof drawWeek> | undefined;
const drawWeek = async () => {
  const { agents, lax12 } = await demoFleet();
  return { lax12, samples: weekOfSamples(agents, startedAt) };
};
const demoWeek = () => {
  drawn ??= drawWeek();
  return drawn;
};

describe('the week that a demo begins with', () => {
  it('has at most one sample of a session for each quarter of an hour, none of them from later', async () => {
    const { samples } = await demoWeek();
    const slots = samples.map(({ sessionId, at }) => `${sessionId} ${Math.floor(at / quarterMs)}`);
    expect(new Set(slots).size).toBe(slots.length);
    expect(samples.every(({ at }) => at < startedAt && at > startedAt - 7 * dayMs - minuteMs)).toBe(
      true,
    );
  });

  it('D: shows when LAX-12 got bad in its trend of the last day', async () => {
    const { lax12, samples: week } = await demoWeek();
    const samples = week.filter(
      ({ agentId, at }) => agentId === lax12.id && at >= startedAt - dayMs,
    );
    const sessions = lax12.sessions.map(({ id, description: name }) => ({ id, name }));
    const voice = trendsOf(sessions, samples).find(({ name }) => name === 'voice');
    const scores = voice?.points.map(({ score }) => score) ?? [];
    expect(scores.length).toBeGreaterThanOrEqual(24);
    expect(Math.max(...scores.slice(0, 2))).toBeGreaterThan(82);
    expect(scores.at(-1)).toBeLessThan(50);
  });

  it('is read from the database as the bot reads it', async () => {
    const { agents: all, lax12 } = await demoFleet();
    const agents = all.filter(({ id }, place) => place % 3 === 0 || id === lax12.id);
    const url = `file:${join(aFolder(), 'demo.db')}`;
    await storeWeek(url, 'default', agents, startedAt);
    const problems: string[] = [];
    const note = (message: string): void => void problems.push(message);
    const log = { debug: () => {}, info: () => {}, warn: note, error: note };
    const clock = { ...systemClock, now: () => startedAt };
    const store = await openStore({ url, clock, log });
    try {
      const hours = await createUsualHours({ store, clock }).in('default', 'Europe/Berlin');
      const online = agents.filter(
        (one) => one.online && !one.template && one.deletedAt === undefined,
      );
      expect(online.length).toBeGreaterThan(10);
      expect(online.filter(({ id }) => hours.learned(id).kind === 'not-yet')).toEqual([]);
      const period = { from: startedAt - 7 * dayMs, until: startedAt };
      const read = async () => {
        const times = foldQualityTimes();
        for await (const page of store.samples.pages('default', period)) times.add(page);
        return times.times(startedAt).toSorted((a, b) => (a.session < b.session ? -1 : 1));
      };
      const times = await read();
      const voice = lax12.sessions[0]?.id;
      expect(times.find(({ session }) => session === voice)?.poorMs).toBeGreaterThan(60 * minuteMs);
      // A week and a moment: the first sample may be some seconds older.
      await store.prune(startedAt - quarterMs);
      expect(await read()).toEqual(times);
      const measured = times.map(({ measuredMs }) => measuredMs);
      expect(Math.max(...measured)).toBeGreaterThan(6.9 * dayMs);
      expect(problems).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
