import { describe, expect, it } from 'vitest';
import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { wordFor } from '../../src/simulator/quality-definition.ts';
import { started, startedAt } from './started.ts';

const minute = 60_000;

const stateOf = ({ online, template, deletedAt, ...agent }: SimulatedAgent): string => {
  if (deletedAt !== undefined) return 'deleted';
  if (template) return 'template';
  if (!online) return agent.lastMessageAt === undefined ? 'never connected' : 'offline';
  if (!agent.configured) return 'in the lobby';
  const active = agent.sessions.filter(({ status }) => status === 'Active');
  if (active.length === 0) return 'all paused';
  const words = active.flatMap(({ readings }) =>
    readings.map(({ definitionId, score }) => wordFor(definitionId, score)),
  );
  return ['Poor', 'Fair', 'Good'].find((word) => words.some((is) => is === word)) ?? 'no reading';
};

const counted = (values: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(values)].map((value) => [value, values.filter((each) => each === value).length]),
  );

describe('the fleet at the start', () => {
  it.each([1, 2, 3, 20, 4711])('has something of everything, with seed %i', async (seed) => {
    const { simulator } = await started({ seed });
    const agents = simulator.fleet.agents();
    expect(counted(agents.map(stateOf))).toEqual({
      Good: 27,
      Fair: 3,
      Poor: 3,
      offline: 3,
      'no reading': 2,
      'all paused': 1,
      'never connected': 1,
      'in the lobby': 1,
      template: 2,
      deleted: 2,
    });
    const sessions = agents.flatMap((agent) => agent.sessions);
    expect(counted(sessions.map(({ status }) => status))).toEqual({
      Active: 82,
      Paused: 2,
      Closed: 1,
    });
  });

  it('stands at these sites', async () => {
    const { simulator } = await started();
    const statusWord = simulator.fleet.agents().filter((agent) => agent.customFields.length === 4);
    expect(
      counted(
        statusWord.map(
          ({ customFields }) => customFields.find(({ name }) => name === 'Site')?.value ?? '',
        ),
      ),
    ).toEqual({
      Boise: 6,
      'Los Angeles': 7,
      'New York': 6,
      Denver: 4,
      Seattle: 4,
      Berlin: 4,
      Tokyo: 4,
      'Home office': 6,
    });
  });

  it('is the same for the same seed, and has other ids for another', async () => {
    const agents = async (seed: number) => (await started({ seed })).simulator.fleet.agents();
    const first = await agents(7);
    expect(await agents(7)).toEqual(first);
    const other = await agents(8);
    expect(other.map(({ name }) => name)).toEqual(first.map(({ name }) => name));
    expect(other.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
  });

  it('gives every agent and every session an id of its own', async () => {
    const { simulator } = await started();
    const ids = simulator.fleet
      .agents()
      .flatMap(({ id, sessions }) => [id, ...sessions.map((session) => session.id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names the custom fields that filters go by', async () => {
    const { call } = await started();
    const { json } = await call('GET', '/agents/customfields');
    expect(json).toEqual(['Site', 'Manager', 'Area', 'Purpose'].map((Name) => ({ Name })));
  });

  it('has fresh readings where it is measured, at any later time too', async () => {
    const { simulator, advance } = await started();
    for (const now of [startedAt, startedAt + 90 * minute]) {
      const ages = simulator.fleet
        .agents()
        .filter(({ online }) => online)
        .flatMap(({ sessions }) => sessions.filter(({ status }) => status === 'Active'))
        .flatMap(({ readings }) => readings.map(({ measuredAt = 0 }) => now - measuredAt));
      expect(Math.max(...ages)).toBeLessThan(5_000);
      expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
      advance(90 * minute);
    }
  });

  it('has old readings where it is offline', async () => {
    const { simulator } = await started();
    const ages = simulator.fleet
      .agents()
      .filter((agent) => stateOf(agent) === 'offline')
      .flatMap(({ sessions }) => sessions.flatMap(({ readings }) => readings))
      .map(({ measuredAt = 0 }) => startedAt - measuredAt);
    expect(Math.min(...ages)).toBeGreaterThan(30 * minute);
  });

  it('D: has names as a company gives them, one of them written from right to left', async () => {
    const { simulator } = await started();
    const names = simulator.fleet.agents().map(({ name }) => name);
    expect(names.filter((name) => /[[\]<>*_]/.test(name))).toEqual([]);
    expect(names.filter((name) => /[\u0590-\u08ff]/.test(name))).toEqual(['המחשב של נועה']);
  });
});
