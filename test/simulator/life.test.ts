import { describe, expect, it } from 'vitest';
import type { SimulatedAgent, SimulatedSession } from '../../src/simulator/agent.ts';
import { wordFor } from '../../src/simulator/quality-definition.ts';
import { started } from './started.ts';

const minute = 60_000;

const measured = ({ online, template, sessions }: SimulatedAgent): readonly SimulatedSession[] =>
  online && !template
    ? sessions.filter(({ status, readings }) => status === 'Active' && readings.length > 0)
    : [];

const wordsAt = (agents: readonly SimulatedAgent[], site: string): readonly string[] =>
  agents
    .filter((agent) => agent.site === site)
    .flatMap(measured)
    .flatMap(({ readings }) => readings.map((each) => wordFor(each.definitionId, each.score)));

const scores = (agents: readonly SimulatedAgent[]): readonly number[] =>
  agents.flatMap(measured).flatMap(({ readings }) => readings.map(({ score }) => score));

describe('drift', () => {
  const lived = async (seed: number, ticks: number): Promise<readonly SimulatedAgent[]> => {
    const { simulator, advance } = await started({ seed, collapseEveryMinutes: 15 });
    for (let tick = 0; tick < ticks; tick += 1) {
      advance(minute);
      simulator.tick();
    }
    return simulator.fleet.agents();
  };

  it('is the same for the same seed, collapses included', async () => {
    expect(await lived(7, 60)).toEqual(await lived(7, 60));
  });

  it('is another one for another seed', async () => {
    expect(scores(await lived(7, 5))).not.toEqual(scores(await lived(8, 5)));
  });

  it('moves scores a little, and never far from home', async () => {
    const { simulator, advance } = await started();
    const before = scores(simulator.fleet.agents());
    for (let tick = 0; tick < 500; tick += 1) {
      advance(5_000);
      simulator.tick();
      const now = scores(simulator.fleet.agents());
      expect(Math.min(...now)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...now)).toBeLessThanOrEqual(100);
    }
    const later = scores(simulator.fleet.agents());
    expect(later).not.toEqual(before);
    for (const [at, score] of later.entries())
      expect(Math.abs(score - (before[at] ?? 0))).toBeLessThan(25);
  });

  it('leaves alone what is paused or offline', async () => {
    const { simulator, advance } = await started();
    const still = () =>
      simulator.fleet
        .agents()
        .flatMap(({ online, sessions }) =>
          sessions.filter(({ status }) => !online || status !== 'Active'),
        );
    const before = still();
    advance(minute);
    simulator.tick();
    expect(before.length).toBeGreaterThan(0);
    expect(still()).toEqual(before);
  });

  it('follows the signal of a Wi-Fi', async () => {
    const { simulator, advance } = await started();
    const id = simulator.fleet.agents().find(({ name }) => name === 'SEA-21')?.id ?? '';
    const network = simulator.fleet.agent(id)?.network;
    if (network === undefined) throw new Error('SEA-21 is missing');
    const mean = () => {
      const all = simulator.fleet.agent(id)?.sessions.flatMap(({ readings }) => readings) ?? [];
      return all.reduce((sum, { score }) => sum + score, 0) / all.length;
    };
    const before = mean();
    simulator.edit.change(id, { network: { ...network, signalPercent: 3 } });
    advance(5_000);
    simulator.tick();
    expect(mean()).toBeLessThan(before);
  });
});

describe('a collapse', () => {
  it('turns every measured session of the site Poor at once, and no other', async () => {
    const { simulator } = await started();
    const elsewhere = () => wordsAt(simulator.fleet.agents(), 'Boise');
    const before = elsewhere();
    simulator.collapse('New York');
    expect(new Set(wordsAt(simulator.fleet.agents(), 'New York'))).toEqual(new Set(['Poor']));
    expect(elsewhere()).toEqual(before);
  });

  it('lasts as long as it was notified, then the site is as it was', async () => {
    const { simulator, advance } = await started();
    const before = wordsAt(simulator.fleet.agents(), 'New York');
    simulator.collapse('New York', 3);
    advance(2.9 * minute);
    simulator.tick();
    expect(new Set(wordsAt(simulator.fleet.agents(), 'New York'))).toEqual(new Set(['Poor']));
    advance(minute);
    simulator.tick();
    expect(wordsAt(simulator.fleet.agents(), 'New York')).toEqual(before);
  });

  it('of a site that does not exist is refused', async () => {
    const { simulator } = await started();
    expect(() => simulator.collapse('Atlantis')).toThrow('no site Atlantis; there are Boise');
  });

  it('comes by itself now and then', async () => {
    const { simulator, advance } = await started({ collapseEveryMinutes: 15 });
    const collapsed: string[] = [];
    for (let passed = 0; passed < 240; passed += 1) {
      advance(minute);
      simulator.tick();
      const down = wordsAt(simulator.fleet.agents(), 'Los Angeles').every((is) => is === 'Poor');
      if (down) collapsed.push('Los Angeles');
    }
    expect(collapsed.length).toBeGreaterThan(0);
    expect(collapsed.length).toBeLessThan(120);
  });
});
