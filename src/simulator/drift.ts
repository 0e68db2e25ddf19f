import type { SimulatedAgent, SimulatedNetwork, SimulatedReading } from './agent.ts';
import { isMeasured } from './present.ts';
import { definitionOf } from './quality-definition.ts';
import { between, type Random } from './random.ts';

/** The line that the agents of one site share. */
export interface Line {
  /** Points of score that it costs just now. */
  readonly trouble: number;
  /** ms since 1970 */
  readonly collapsedUntil: number | undefined;
}

/** `drifting` = a step towards where the score belongs; `settled` = all the way. */
export type Pace = 'drifting' | 'settled';

export const calmLine: Line = { trouble: 0, collapsedUntil: undefined };

const collapsedScore = 18;
const pull: Readonly<Record<Pace, number>> = { drifting: 0.3, settled: 1 };

/** A collapse that is over by now is gone from the next line. */
export const nextLine = (line: Line, now: number, random: Random): Line => ({
  trouble: Math.max(0, line.trouble * 0.9 + between(random, -1.5, 1.5)),
  collapsedUntil:
    line.collapsedUntil !== undefined && line.collapsedUntil > now
      ? line.collapsedUntil
      : undefined,
});

/** The agent one step on: its signal and the scores of what is being measured. */
export const drifted = (
  agent: SimulatedAgent,
  line: Line,
  pace: Pace,
  random: Random,
): SimulatedAgent => {
  if (!agent.online || agent.template || agent.deletedAt !== undefined) return agent;
  const network = agent.network.wifi ? driftedSignal(agent.network, random) : agent.network;
  // The signal's usual level is in the usual score already.
  const extra = signalTrouble(network.signalPercent) - signalTrouble(network.usualSignalPercent);
  const towards = (reading: SimulatedReading): SimulatedReading => {
    const goal =
      line.collapsedUntil === undefined
        ? reading.usual - (line.trouble + extra) * definitionOf(reading.definitionId).sensitivity
        : collapsedScore;
    const next = reading.score + (goal - reading.score) * pull[pace] + between(random, -2, 2);
    return { ...reading, score: asScore(next) };
  };
  return {
    ...agent,
    network,
    sessions: agent.sessions.map((session) =>
      isMeasured(session) ? { ...session, readings: session.readings.map(towards) } : session,
    ),
  };
};

const driftedSignal = (network: SimulatedNetwork, random: Random): SimulatedNetwork => {
  const { signalPercent: signal, usualSignalPercent: usual } = network;
  const next = signal + (usual - signal) * pull.drifting + between(random, -4, 4);
  return { ...network, signalPercent: Math.round(Math.min(100, Math.max(1, next))) };
};

/** From 60 % on Wi-Fi is as good as a cable. */
const signalTrouble = (percent: number): number => Math.max(0, 60 - percent) / 4;

const asScore = (score: number): number => Math.round(Math.min(100, Math.max(0, score)) * 10) / 10;
