import type { SimulatedAgent, SimulatedSession } from './agent.ts';

/** PingPlotter's default time between two samples of a session. */
const usualSampleEveryMs = 2_500;

/** The agent as it is at this moment: back from a reconnect, and with the newest samples measured. */
export const presentAgent = (
  agent: SimulatedAgent,
  now: number,
  sampleEveryMs = usualSampleEveryMs,
): SimulatedAgent => {
  const back = agent.returnsAt !== undefined && agent.returnsAt <= now;
  const online = agent.online || back;
  if (!online || agent.deletedAt !== undefined || agent.template) return agent;
  return {
    ...agent,
    online,
    returnsAt: undefined,
    lastMessageAt: later(agent.lastMessageAt, lastSampleAt(agent.id, now, sampleEveryMs)),
    sessions: agent.sessions.map((session) =>
      isMeasured(session) ? sampled(session, now, sampleEveryMs) : session,
    ),
  };
};

export const isMeasured = ({ status, stalled }: SimulatedSession): boolean =>
  status === 'Active' && !stalled;

const sampled = (
  session: SimulatedSession,
  now: number,
  sampleEveryMs: number,
): SimulatedSession => {
  const sampledAt = lastSampleAt(session.id, now, sampleEveryMs);
  return {
    ...session,
    readings: session.readings.map((reading) => ({
      ...reading,
      measuredAt: later(reading.measuredAt, sampledAt),
    })),
  };
};

/** Sessions do not all sample in the same instant. */
const lastSampleAt = (id: string, now: number, sampleEveryMs: number): number => {
  let sum = 0;
  for (let place = 0; place < id.length; place += 1) sum += id.charCodeAt(place) * 37;
  const phase = sum % sampleEveryMs;
  return Math.floor((now - phase) / sampleEveryMs) * sampleEveryMs + phase;
};

const later = (known: number | undefined, sample: number): number =>
  known === undefined ? sample : Math.max(known, sample);
