import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { AlertStateKey } from '../store.ts';
import type { Shown, WatchState } from './alert-state.ts';

/** What one watch knows of one agent, by session; '' = of the agent itself. */
export type StatesOfAgent = Map<SessionId | '', WatchState>;

export interface StateChange extends AlertStateKey {
  /** Absent = forgotten. */
  readonly after: WatchState | undefined;
}

/** The newest states of all watches, by watch, agent and session. */
export interface StateIndex {
  ofWatch(watchId: string): ReadonlyMap<AgentId, StatesOfAgent>;
  find(key: AlertStateKey): WatchState | undefined;
  apply(changes: readonly StateChange[]): void;
  forgetWatch(watchId: string): void;
  watches(): readonly string[];
}

/**
 * Moves the clock of a calm state on, where it lies: a new state for each session of a fleet at every
 * poll is the larger part of what judging it costs. A restart forgets how far the clock has moved,
 * and nobody minds.
 */
export const refreshInPlace = (kept: WatchState, at: number, lastGood: Shown): void => {
  const state: { at: number; lastGood?: Shown } = kept.state;
  state.at = at;
  state.lastGood = lastGood;
};

const none: ReturnType<StateIndex['ofWatch']> = new Map();

export const createStateIndex = (): StateIndex => {
  const book = new Map<string, Map<AgentId, StatesOfAgent>>();

  const write = (
    watchId: string,
    agentId: AgentId,
    sessionId: SessionId | '',
    kept: WatchState,
  ): void => {
    const agents = book.get(watchId) ?? new Map<AgentId, StatesOfAgent>();
    const sessions = agents.get(agentId) ?? new Map<SessionId | '', WatchState>();
    // Its own copy: see moveOn.
    const own = { ...kept, state: { ...kept.state } };
    book.set(watchId, agents.set(agentId, sessions.set(sessionId, own)));
  };

  const remove = (watchId: string, agentId: AgentId, sessionId: SessionId | ''): void => {
    const sessions = book.get(watchId)?.get(agentId);
    sessions?.delete(sessionId);
    if (sessions?.size === 0) book.get(watchId)?.delete(agentId);
  };

  return {
    ofWatch: (watchId) => book.get(watchId) ?? none,
    find: ({ watchId, agentId, sessionId }) => book.get(watchId)?.get(agentId)?.get(sessionId),
    apply: (changes) => {
      for (const { watchId, agentId, sessionId, after } of changes) {
        if (after === undefined) remove(watchId, agentId, sessionId);
        else write(watchId, agentId, sessionId, after);
      }
    },
    forgetWatch: (watchId) => {
      book.delete(watchId);
    },
    watches: () => [...book.keys()],
  };
};
