import { expect } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';

/** Until two polls agree; after a kill, the lease has to run out before them. */
export const untilTold = { timeout: 30_000 };

/** Resolves with the next poll, which sees everything as it is now. */
export const nextPoll = async ({ simulator }: Pick<Demo, 'simulator'>): Promise<void> => {
  const polls = () => simulator.requests.filter(({ path }) => path === '/agents/status').length;
  await expect.poll(polls, untilTold).toBeGreaterThan(polls());
};

/** All targets of the agent are Good. */
export const recover = ({ simulator }: Pick<Demo, 'simulator'>, name: string): void => {
  const { id, sessions } = agentCalled(simulator, name);
  for (const session of sessions) simulator.edit.setQuality(id, session.id, { score: 95 });
};

/** Its Wi-Fi becomes so weak that calls from there are Poor. */
export const weakenSignal = ({ simulator }: Pick<Demo, 'simulator'>, name: string): void => {
  const { id, network, sessions } = agentCalled(simulator, name);
  simulator.edit.change(id, { network: { ...network, signalPercent: 34 } });
  for (const session of sessions)
    if (session.description === 'voice') simulator.edit.setQuality(id, session.id, { score: 41 });
};

/** Its Wi-Fi becomes so weak that even its router is Poor. */
export const loseSignal = ({ simulator }: Pick<Demo, 'simulator'>, name: string): void => {
  const { id, network, sessions } = agentCalled(simulator, name);
  simulator.edit.change(id, { network: { ...network, signalPercent: 24 } });
  for (const session of sessions) simulator.edit.setQuality(id, session.id, { score: 38 });
};

/** Throws where nobody is called so. */
export const agentCalled = ({ fleet }: Demo['simulator'], name: string) => {
  const agent = fleet.agents().find((each) => each.name === name);
  if (agent === undefined) throw new Error(`the simulator has no agent ${name}`);
  return agent;
};
