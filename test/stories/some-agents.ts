import {
  type SimulatedAgent,
  simulatedAgent,
  simulatedReading,
  simulatedSession,
} from '../../src/simulator/agent.ts';

/** Online, and fine on each of its targets; the id of a session is `<agent>-<target>`. */
export const agentOf = (
  id: string,
  targets: readonly string[] = ['crm'],
  more: Partial<Omit<SimulatedAgent, 'network'>> = {},
): SimulatedAgent =>
  simulatedAgent({
    id,
    name: id.toUpperCase(),
    sessions: targets.map((target) =>
      simulatedSession({
        id: `${id}-${target}`,
        description: target,
        host: `${target}.example.com`,
        readings: [simulatedReading({ score: 95 })],
      }),
    ),
    ...more,
  });

/** Enough others that are fine: of a fleet that is ill as a whole the bot suspects its own eyes. */
export const healthyOthers: readonly SimulatedAgent[] = Array.from({ length: 12 }, (_, at) =>
  agentOf(`well-${at}`),
);
