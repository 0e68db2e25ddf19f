import { LRUCache } from 'lru-cache';
import {
  type Conversation,
  conversationId,
  type Installation,
  type Installations,
} from '../platform/conversation.ts';
import type { Store } from '../platform/store.ts';
import { upTo } from '../shared/up-to.ts';

/** Each takes half a kilobyte. */
const mostInstallations = 10_000;

type Writing = <T>(write: () => Promise<T>) => Promise<T>;

interface InstallationCache {
  find(inner: Installations, conversation: Conversation): Promise<Installation | undefined>;
  forget(conversation: Conversation): void;
  /** What is read during a write may be old when the write is done, so it is not remembered. */
  readonly writing: Writing;
}

const createCache = (): InstallationCache => {
  const known = new LRUCache<string, Installation>(upTo(mostInstallations));
  let underWay = 0;
  let written = 0;
  return {
    find: async (inner, conversation) => {
      const key = conversationId(conversation);
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const writtenBefore = written;
      const found = await inner.find(conversation);
      if (found !== undefined && underWay === 0 && written === writtenBefore) known.set(key, found);
      return found;
    },
    forget: (conversation) => void known.delete(conversationId(conversation)),
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

const forgettingOnWrite = (
  inner: Installations,
  forget: InstallationCache['forget'],
  writing: Writing,
): Installations => {
  const forgetting =
    <Args extends readonly [Conversation, ...unknown[]]>(write: (...args: Args) => Promise<void>) =>
    (...args: Args): Promise<void> =>
      writing(() => {
        forget(args[0]);
        return write(...args);
      });
  return {
    find: inner.find,
    list: inner.list,
    refresh: forgetting(inner.refresh),
    markDead: forgetting(inner.markDead),
    moveTo: forgetting(inner.moveTo),
    countSent: forgetting(inner.countSent),
    countFailed: forgetting(inner.countFailed),
  };
};

/**
 * Each turn asks for the address of its conversation, and the query is an eighth of a turn that shows a
 * list. Only for a process that is alone with its database: it would not see what others write.
 */
export const cachedInstallations = <C extends { readonly installations: Installations }>(
  store: Store<C>,
): Store<C> => {
  const { find, forget, writing } = createCache();
  return {
    ...store,
    installations: {
      ...forgettingOnWrite(store.installations, forget, writing),
      find: (conversation) => find(store.installations, conversation),
    },
    transaction: (work) =>
      writing(() =>
        store.transaction((tx) =>
          work({
            ...tx,
            installations: forgettingOnWrite(tx.installations, forget, (write) => write()),
          }),
        ),
      ),
  };
};
