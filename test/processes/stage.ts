import { expect, onTestFinished } from 'vitest';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator.ts';
import { type FakeConnector, startConnector } from '../fakes/connector.ts';
import { headlines } from '../fakes/headlines.ts';

/** What a story happens between, the fleet on one side and Teams on the other; closed with the test. */
export interface Stage {
  readonly simulator: Simulator;
  readonly connector: FakeConnector;
  /** Boise turns Poor at once and stays so. */
  collapse(): void;
  /** All of Boise is Good again. */
  recover(): void;
  /** Resolves once the fleet has been read that often again. */
  polled(times: number): Promise<void>;
  /** The headlines of all that was posted. */
  posts(): readonly string[];
  /** Resolves once so much was posted. */
  posted(count: number): Promise<void>;
}

/** A fleet in real time that nothing happens to by itself, and Teams; both closed with the test. */
export const startFakes = async (
  options: Partial<SimulatorOptions> = {},
): Promise<Pick<Stage, 'simulator' | 'connector'>> => {
  const simulator = await startSimulator({ now: Date.now, collapseEveryMinutes: 0, ...options });
  onTestFinished(simulator.close);
  const connector = await startConnector();
  onTestFinished(connector.close);
  return { simulator, connector };
};

/** Each pause and resume takes so long, so that a kill finds some of them under way. */
export const slowChanges = ({ fault }: Simulator, ms: number): void => {
  fault({ match: { method: 'PUT', path: /\/sessions$/u }, effect: { kind: 'delay', ms } });
};

export const setStage = async (): Promise<Stage> => {
  // Each poll sees everything measured again.
  const { simulator, connector } = await startFakes({ sampleEveryMs: 100 });
  const polls = () => simulator.requests.filter(({ path }) => path === '/agents/status').length;
  const posts = () => headlines(connector);
  // One that is started after a kill waits for the lease of the one before it.
  const patience = { timeout: 100_000, interval: 10 };
  return {
    simulator,
    connector,
    // Over at once, but that shows only with the next tick.
    collapse: () => simulator.collapse('Boise', 0),
    recover: simulator.tick,
    polled: async (times) => {
      const before = polls();
      await expect.poll(polls, patience).toBeGreaterThanOrEqual(before + times);
    },
    posts,
    posted: (count) => expect.poll(() => posts().length, patience).toBeGreaterThanOrEqual(count),
  };
};
