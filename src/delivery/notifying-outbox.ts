import type { Outbox } from '../platform/outbox.ts';
import type { Store } from '../platform/store.ts';

const notifying = (outbox: Outbox, notify: () => void): Outbox => ({
  ...outbox,
  enqueue: async (drafts) => {
    await outbox.enqueue(drafts);
    notify();
  },
  revive: async (...revived) => {
    await outbox.revive(...revived);
    notify();
  },
});

/** The same store, which calls `notify` when something new is in the outbox. */
export const notifyingOutbox = <C extends { readonly outbox: Outbox }>(
  store: Store<C>,
  notify: () => void,
): Store<C> => ({
  ...store,
  outbox: notifying(store.outbox, notify),
  transaction: async (work) => {
    let enqueued = false;
    const note = (): void => {
      enqueued = true;
    };
    const result = await store.transaction((tx) =>
      work({ ...tx, outbox: notifying(tx.outbox, note) }),
    );
    // Before its end nobody else sees what a transaction did.
    if (enqueued) notify();
    return result;
  },
});
