import { LRUCache } from 'lru-cache';
import type { SeenSession, SessionMemory } from '../features/fleet/store.ts';
import type { Conversation, Installation, Installations } from '../platform/conversation.ts';
import { asAppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import type { Store } from '../platform/store.ts';

/** Each takes half a kilobyte. */
const most = 10_000;

/**
 * The same store, which reads a conversation's address once: each turn asks for it, and the query is an
 * eighth of a turn that shows a list. For a process that is alone with its database, since what others
 * write would not be seen.
 */
export const cachedInstallations = <C extends { readonly installations: Installations }>(
  store: Store<C>,
): Store<C> => {
  const { find, forget, writing } = createMemory();
  return {
    ...store,
    installations: {
      ...forgetful(store.installations, forget, writing),
      find: (conversation) => find(store.installations, conversation),
    },
    transaction: (work) =>
      writing(() =>
        store.transaction((tx) =>
          work({ ...tx, installations: forgetful(tx.installations, forget, (write) => write()) }),
        ),
      ),
  };
};

type Writing = <T>(write: () => Promise<T>) => Promise<T>;

interface Memory {
  find(inner: Installations, conversation: Conversation): Promise<Installation | undefined>;
  forget(conversation: Conversation): void;
  /** What is looked up while a write goes on may be old when the write is done: it is not kept. */
  readonly writing: Writing;
}

const keyOf = ({ account, conversationKey }: Conversation): string =>
  JSON.stringify([account, conversationKey]);

const createMemory = (): Memory => {
  const known = new LRUCache<string, Installation>({ max: most });
  let underWay = 0;
  let written = 0;
  return {
    find: async (inner, conversation) => {
      const key = keyOf(conversation);
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const writtenBefore = written;
      const found = await inner.find(conversation);
      if (found !== undefined && underWay === 0 && written === writtenBefore) known.set(key, found);
      return found;
    },
    forget: (conversation) => void known.delete(keyOf(conversation)),
    writing: async (write) => {
      underWay += 1;
      try {
        return await write();
      } finally {
        underWay -= 1;
        written += 1;
      }
    },
  };
};

const forgetful = (
  inner: Installations,
  forget: Memory['forget'],
  writing: Writing,
): Installations => {
  const noted =
    <Args extends readonly [Conversation, ...unknown[]]>(write: (...args: Args) => Promise<void>) =>
    (...args: Args): Promise<void> =>
      writing(() => {
        forget(args[0]);
        return write(...args);
      });
  return {
    find: inner.find,
    list: inner.list,
    refresh: noted(inner.refresh),
    markDead: noted(inner.markDead),
    moveTo: noted(inner.moveTo),
    countSent: noted(inner.countSent),
    countFailed: noted(inner.countFailed),
  };
};

/**
 * What the store knows of sessions, or while it is down what this process has seen: listing agents
 * and pausing them need no store, and must not fail for want of one.
 */
export const withFallback = (kept: SessionMemory, log: Logger): SessionMemory => {
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
      () => change(kept),
      async () => undefined,
    );
  };
  return {
    seen: (account, agent) =>
      orElse(
        () => kept.seen(account, agent),
        () => own.seen(account, agent),
      ),
    all: (account) =>
      orElse(
        () => kept.all(account),
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
