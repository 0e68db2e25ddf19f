import type { AgentId, SessionId } from '../../../platform/agent.ts';
import { inSlices } from '../../../platform/slices.ts';
import type { AlertStateKey } from '../store.ts';
import type { AlertState, Shown, WatchState } from './alert-state.ts';

/** The states of one watch for one agent, by session. '' = the agent itself. */
export type StatesOfAgent = Map<SessionId | '', WatchState>;

export interface StateChange extends AlertStateKey {
  /** Absent = forgotten. The index takes it over, and refreshInPlace changes it. */
  readonly after: AlertState | undefined;
}

/** The newest states of all watches, by watch, agent and session. */
export interface StateIndex {
  ofWatch(watchId: string): ReadonlyMap<AgentId, StatesOfAgent>;
  find(key: AlertStateKey): WatchState | undefined;
  apply(changes: readonly StateChange[]): Promise<void>;
  forgetWatch(watchId: string): void;
  watches(): readonly string[];
}

/**
 * Changes a calm state in place: a new object for each session at every poll would be most of the
 * cost of evaluation. The new time is not stored, and a restart may lose it without harm.
 */
export const refreshInPlace = (watchState: WatchState, at: number, lastGood: Shown): void => {
  const state: { at: number; lastGood?: Shown } = watchState.state;
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
    state: AlertState,
  ): void => {
    const agents = book.get(watchId) ?? new Map<AgentId, StatesOfAgent>();
    const sessions = agents.get(agentId) ?? new Map<SessionId | '', WatchState>();
    book.set(watchId, agents.set(agentId, sessions.set(sessionId, { state })));
  };

  const remove = (watchId: string, agentId: AgentId, sessionId: SessionId | ''): void => {
    const sessions = book.get(watchId)?.get(agentId);
    sessions?.delete(sessionId);
    if (sessions?.size === 0) book.get(watchId)?.delete(agentId);
  };

  return {
    ofWatch: (watchId) => book.get(watchId) ?? none,
    find: ({ watchId, agentId, sessionId }) => book.get(watchId)?.get(agentId)?.get(sessionId),
    apply: (changes) =>
      inSlices(changes, ({ watchId, agentId, sessionId, after }) => {
        if (after === undefined) remove(watchId, agentId, sessionId);
        else write(watchId, agentId, sessionId, after);
      }),
    forgetWatch: (watchId) => {
      book.delete(watchId);
    },
    watches: () => [...book.keys()],
  };
};
