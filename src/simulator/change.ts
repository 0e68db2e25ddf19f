import {
  type SessionStatus,
  type SimulatedAgent,
  type SimulatedSession,
  simulatedReading,
  simulatedSession,
} from './agent.ts';
import { videoCall, webEmail } from './quality-definition.ts';
import { between, type Random, randomId } from './random.ts';

type Change = (agent: SimulatedAgent) => SimulatedAgent;

export type SessionAction = 'pause' | 'resume';

/** How long a forced reconnect keeps an agent offline. */
const reconnectMs = 5_000;

export const renamed =
  (name: string): Change =>
  (agent) => ({ ...agent, name });

export const deleted =
  (now: number): Change =>
  (agent) => ({ ...agent, online: false, returnsAt: undefined, deletedAt: now });

/** An agent that is not connected has no connection to drop. */
export const reconnecting =
  (now: number): Change =>
  (agent) =>
    agent.online ? { ...agent, online: false, returnsAt: now + reconnectMs } : agent;

export const connected =
  (online: boolean): Change =>
  (agent) => ({ ...agent, online, returnsAt: undefined });

const statusAfter: Readonly<Record<SessionAction, SessionStatus>> = {
  pause: 'Paused',
  resume: 'Active',
};

/** Closed sessions stay closed. */
export const withAction =
  (action: SessionAction, concerns: (session: SimulatedSession) => boolean = () => true): Change =>
  (agent) => ({
    ...agent,
    sessions: agent.sessions.map((session) =>
      session.status !== 'Closed' && concerns(session)
        ? { ...session, status: statusAfter[action] }
        : session,
    ),
  });

export const withSession =
  (sessionId: string, change: (session: SimulatedSession) => SimulatedSession): Change =>
  (agent) => ({
    ...agent,
    sessions: agent.sessions.map((session) =>
      session.id === sessionId ? change(session) : session,
    ),
  });

/** The first connection: the planned targets become sessions. */
export const installed =
  (random: Random): Change =>
  (agent) => ({
    ...agent,
    online: true,
    platform: 'Windows',
    machineName: agent.name.toUpperCase().replace(/\W+/g, '-').slice(0, 15),
    plannedTargets: [],
    sessions: agent.plannedTargets.map((target) => {
      // An alias follows after the first space.
      const [host = '', ...alias] = target.split(' ');
      return simulatedSession({
        id: randomId(random),
        host,
        description: alias.join(' ') || host,
        address: /^[\d.]+$/.test(host) ? host : '203.0.113.99',
        readings: [webEmail, videoCall].map(({ id }) =>
          simulatedReading({ definitionId: id, score: Math.round(between(random, 90, 99)) }),
        ),
      });
    }),
  });
