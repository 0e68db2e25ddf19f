import { LRUCache } from 'lru-cache';
import type { Store } from '../core/store.ts';
import type { Conversation, Installation, Installations } from '../core/stores.ts';

/** Each takes half a kilobyte. */
const most = 10_000;

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
 * The same store, which reads a conversation's address once: each turn asks for it, and the query is an
 * eighth of a turn that shows a list. For a process that is alone with its database, since what others
 * write would not be seen.
 */
export const rememberedInstallations = (store: Store): Store => {
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
