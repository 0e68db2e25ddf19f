import type { SimulatedAgent } from '../simulator/agent.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { playgroundPerson } from './playground.ts';

export const ownerField = 'Owner';

/** The computer of whoever types in the Playground: what `my connection` is about. Its Wi-Fi is weak. */
const computer = 'LAX-12';

/** How long it stays near the Wi-Fi, or far from it. */
const stayMs = 3 * 60_000;

type Fleet = Pick<Simulator, 'fleet' | 'edit'>;

const computerOf = ({ fleet }: Fleet): SimulatedAgent | undefined =>
  fleet.agents().find(({ name }) => name === computer);

export const giveToPerson = (simulator: Fleet): void => {
  const agent = computerOf(simulator);
  if (agent === undefined) return;
  const owner = { name: ownerField, value: playgroundPerson.email };
  simulator.edit.change(agent.id, { customFields: [...agent.customFields, owner] });
};

/**
 * Moves it on: by turns far from the Wi-Fi, where it begins, and near. So that an alert that names a cause ends while
 * somebody looks, and `notify me` has something to notify.
 */
export const carryAbout = (simulator: Fleet, now: () => number): (() => void) => {
  const begunAt = now();
  let wasNear: boolean | undefined;
  return () => {
    const isNear = Math.floor((now() - begunAt) / stayMs) % 2 === 1;
    const agent = computerOf(simulator);
    if (agent === undefined || isNear === wasNear) return;
    wasNear = isNear;
    const { signalPercent, score } = isNear
      ? { signalPercent: 86, score: 93 }
      : { signalPercent: 26, score: 38 };
    simulator.edit.change(agent.id, {
      network: { ...agent.network, signalPercent, usualSignalPercent: signalPercent },
    });
    // Its router too, which tells the Wi-Fi from the line.
    for (const { id } of agent.sessions) simulator.edit.setQuality(agent.id, id, { score });
  };
};
