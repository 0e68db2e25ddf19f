import {
  type SimulatedAgent,
  type SimulatedReading,
  type SimulatedSession,
  simulatedReading,
} from './agent.ts';
import { connected, renamed, withSession } from './change.ts';
import type { World } from './world.ts';

export interface QualityChange {
  /** 0–100 */
  readonly score: number;
  /** The word, where it shall not follow the score. */
  readonly word?: string;
  /** Without it all readings of the session. */
  readonly definitionId?: string;
}

/** Changes the world behind the API's back; all but `add` throw where there is no such agent or session. */
export interface Edit {
  /** An agent with the same id is replaced. */
  add(agent: SimulatedAgent): void;
  /** Takes it away as if it had never been. */
  drop(agentId: string): void;
  rename(agentId: string, name: string): void;
  setOnline(agentId: string, online: boolean): void;
  setQuality(agentId: string, sessionId: string, quality: QualityChange): void;
  change(agentId: string, fields: Partial<Omit<SimulatedAgent, 'id'>>): void;
  changeSession(
    agentId: string,
    sessionId: string,
    fields: Partial<Omit<SimulatedSession, 'id'>>,
  ): void;
}

export const createEdit = (world: World): Edit => {
  const change = (id: string, by: (agent: SimulatedAgent) => SimulatedAgent): void => {
    if (!world.change(id, by)) throw new Error(`no agent ${id}`);
  };
  const changeSession = (
    agentId: string,
    sessionId: string,
    by: (session: SimulatedSession) => SimulatedSession,
  ): void =>
    change(agentId, (agent) => {
      if (!agent.sessions.some(({ id }) => id === sessionId))
        throw new Error(`no session ${sessionId} on agent ${agentId}`);
      return withSession(sessionId, by)(agent);
    });
  return {
    add: world.put,
    drop: (id) => {
      if (!world.drop(id)) throw new Error(`no agent ${id}`);
    },
    rename: (id, name) => change(id, renamed(name)),
    setOnline: (id, online) => change(id, connected(online)),
    setQuality: (agentId, sessionId, quality) =>
      changeSession(agentId, sessionId, (session) => ({
        ...session,
        readings: withQuality(session.readings, quality),
      })),
    change: (id, fields) => change(id, (agent) => ({ ...agent, ...fields })),
    changeSession: (agentId, sessionId, fields) =>
      changeSession(agentId, sessionId, (session) => ({ ...session, ...fields })),
  };
};

/** A definition that has not measured the session yet starts to. */
const withQuality = (
  readings: readonly SimulatedReading[],
  { score, word, definitionId }: QualityChange,
): readonly SimulatedReading[] => {
  const concerns = (reading: SimulatedReading): boolean =>
    definitionId === undefined || reading.definitionId === definitionId;
  const fresh = definitionId === undefined ? { score, word } : { score, word, definitionId };
  return readings.some(concerns)
    ? readings.map((each) => (concerns(each) ? { ...each, score, usual: score, word } : each))
    : [...readings, simulatedReading(fresh)];
};
