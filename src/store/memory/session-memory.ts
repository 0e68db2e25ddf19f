import type { SeenSession, SessionMemory } from '../../core/session-memory.ts';

/** Forgets all when the process ends. */
export const createSessionMemory = (): SessionMemory => {
  const agents = new Map<string, Map<string, SeenSession>>();
  const key = (account: string, agent: string): string => JSON.stringify([account, agent]);

  return {
    seen: async (account, agent) => [...(agents.get(key(account, agent))?.values() ?? [])],
    remember: async (account, agent, sessions) => {
      const known = agents.get(key(account, agent)) ?? new Map<string, SeenSession>();
      for (const session of sessions) {
        known.set(session.id, { ...known.get(session.id), ...session });
      }
      agents.set(key(account, agent), known);
    },
    markPaused: async (account, agent, sessions, by) => {
      const known = agents.get(key(account, agent));
      for (const id of sessions) {
        const before = known?.get(id);
        if (known === undefined || before === undefined) continue;
        const { pausedBy: _, ...session } = before;
        known.set(id, by === undefined ? session : { ...session, pausedBy: by });
      }
    },
    forget: async (account, agent) => {
      agents.delete(key(account, agent));
    },
  };
};
