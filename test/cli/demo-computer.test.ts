import { expect, it } from 'vitest';
import { carryAbout, giveToPerson } from '../../src/cli/demo-computer.ts';
import { createEdit } from '../../src/simulator/edit.ts';
import { buildFleet } from '../../src/simulator/fleet/build-fleet.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createWorld } from '../../src/simulator/world.ts';

const minute = 60_000;

it('carries the person’s computer near the Wi-Fi and away from it, by turns', () => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const world = createWorld(buildFleet(createRandom(1), now), () => now);
  const simulator = {
    fleet: { agents: world.agents, agent: world.agent, session: () => undefined },
    edit: createEdit(world),
  };
  giveToPerson(simulator);
  const carry = carryAbout(simulator, () => now);
  const after = (minutes: number) => {
    now += minutes * minute;
    carry();
    const agent = world.agents().find(({ name }) => name === 'LAX-12');
    const scores = agent?.sessions.flatMap(({ readings }) => readings.map(({ score }) => score));
    return [agent?.network.signalPercent, ...new Set(scores)];
  };
  expect(after(0)).toEqual([26, 38]);
  expect(after(3)).toEqual([86, 93]);
  expect(after(2)).toEqual([86, 93]);
  expect(after(1)).toEqual([26, 38]);
  expect(after(3)).toEqual([86, 93]);
});
