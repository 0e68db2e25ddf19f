import type { SeenSession, SessionMemory } from '../features/fleet/store.ts';
import { asAppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';

/** Forgets all when the process ends. */
export const createSessionMemory = (): SessionMemory => {
  const accounts = new Map<string, Map<string, Map<string, SeenSession>>>();
  const agentsOf = (account: string): Map<string, Map<string, SeenSession>> => {
    const agents = accounts.get(account) ?? new Map();
    accounts.set(account, agents);
    return agents;
  };
  const remember = (account: string, agent: string, sessions: readonly SeenSession[]): void => {
    const known = agentsOf(account).get(agent) ?? new Map<string, SeenSession>();
    for (const session of sessions) {
      known.set(session.id, { ...known.get(session.id), ...session });
    }
    agentsOf(account).set(agent, known);
  };

  return {
    seen: async (account, agent) => [...(agentsOf(account).get(agent)?.values() ?? [])],
    all: async (account) =>
      new Map([...agentsOf(account)].map(([agent, known]) => [agent, [...known.values()]])),
    remember: async (account, agent, sessions) => remember(account, agent, sessions),
    rememberAll: async (account, seen) => {
      for (const [agent, sessions] of seen) remember(account, agent, sessions);
    },
    markPaused: async (account, agent, sessions, by) => {
      const known = agentsOf(account).get(agent);
      for (const id of sessions) {
        const before = known?.get(id);
        if (known === undefined || before === undefined) continue;
        const { pausedBy: _, ...session } = before;
        known.set(id, by === undefined ? session : { ...session, pausedBy: by });
      }
    },
    forget: async (account, agent) => {
      agentsOf(account).delete(agent);
    },
  };
};

/** Listing and pausing agents must not fail because the store is down: what this process saw serves then. */
export const withFallback = (stored: SessionMemory, log: Logger): SessionMemory => {
  const own = createSessionMemory();
  const orElse = async <T>(attempt: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (error) {
      log.warn('store.seen-sessions-unreachable', { code: asAppError(error).code });
      return otherwise();
    }
  };
  const both = async (change: (memory: SessionMemory) => Promise<void>): Promise<void> => {
    await change(own);
    await orElse(
      () => change(stored),
      async () => undefined,
    );
  };
  return {
    seen: (account, agent) =>
      orElse(
        () => stored.seen(account, agent),
        () => own.seen(account, agent),
      ),
    all: (account) =>
      orElse(
        () => stored.all(account),
        () => own.all(account),
      ),
    remember: (account, agent, sessions) =>
      both((memory) => memory.remember(account, agent, sessions)),
    rememberAll: (account, seen) => both((memory) => memory.rememberAll(account, seen)),
    markPaused: (account, agent, sessions, by) =>
      both((memory) => memory.markPaused(account, agent, sessions, by)),
    forget: (account, agent) => both((memory) => memory.forget(account, agent)),
  };
};
