import {
  type NamedDefinition,
  type SessionStatus,
  type SimulatedSession,
  simulatedReading,
  simulatedSession,
} from '../agent.ts';
import type { QualityDefinition } from '../quality-definition.ts';
import { type Random, randomId, wholeBetween } from '../random.ts';
import type { Device, Health } from './device.ts';
import { type Alias, targetFor } from './targets.ts';

const hourMs = 60 * 60_000;

type Level = 'good' | 'fair' | 'poor';

export const buildSessions = (
  { targets, health }: Device,
  gateway: string,
  random: Random,
  now: number,
): readonly SimulatedSession[] => {
  if (health === 'never connected') return [];
  return targets.map((alias, index) => {
    const first = index === 0;
    const level = first && (health === 'fair' || health === 'poor') ? health : 'good';
    const status = statusOf(health, first);
    const session = measuredSession(alias, gateway, level, lastSample(health, status, now), random);
    return { ...session, status, ...(health === 'not measured yet' ? { readings: [] } : {}) };
  });
};

const statusOf = (health: Health, first: boolean): SessionStatus => {
  if (health === 'all targets paused') return 'Paused';
  if (health === 'first target paused' && first) return 'Paused';
  return health === 'a target closed' && !first ? 'Closed' : 'Active';
};

/** Only matters where nothing is measured any more: the clock moves the others. */
const lastSample = (health: Health, status: SessionStatus, now: number): number =>
  typeof health === 'object'
    ? now - health.offlineForMinutes * 60_000
    : now - (status === 'Active' ? 0 : 3 * hourMs);

const measuredSession = (
  alias: Alias,
  gateway: string,
  level: Level,
  measuredAt: number,
  random: Random,
): SimulatedSession => {
  const { host, address, measuredBy, expected } = targetFor(alias, gateway);
  return simulatedSession({
    id: randomId(random),
    description: alias,
    host,
    address,
    expected: expected && named(expected),
    readings: measuredBy.map((definition) =>
      simulatedReading({
        definitionId: definition.id,
        score: scoreAt(level, definition, random),
        measuredAt,
      }),
    ),
  });
};

/** Far enough from the next word that drift alone seldom crosses over. */
const scoreAt = (
  level: Level,
  { goodFrom, fairFrom }: QualityDefinition,
  random: Random,
): number => {
  if (level === 'good') return wholeBetween(random, 91, 98);
  if (level === 'poor') return wholeBetween(random, 22, 38);
  return Math.round((goodFrom + fairFrom) / 2) + wholeBetween(random, -2, 2);
};

export const named = ({ id, name }: QualityDefinition): NamedDefinition => ({ id, name });
