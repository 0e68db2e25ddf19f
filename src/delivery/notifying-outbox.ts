import type { Outbox } from '../platform/outbox.ts';
import type { Store } from '../platform/store.ts';

const announced = (outbox: Outbox, draftNotifications: () => void): Outbox => ({
  ...outbox,
  enqueue: async (drafts) => {
    await outbox.enqueue(drafts);
    draftNotifications();
  },
});

/** The same store, which tells when something is in the outbox that was not there before. */
export const notifyingOutbox = <C extends { readonly outbox: Outbox }>(
  store: Store<C>,
  draftNotifications: () => void,
): Store<C> => ({
  ...store,
  outbox: announced(store.outbox, draftNotifications),
  transaction: async (work) => {
    let enqueued = false;
    const note = (): void => {
      enqueued = true;
    };
    const result = await store.transaction((tx) =>
      work({ ...tx, outbox: announced(tx.outbox, note) }),
    );
    // Before its end nobody else sees what a transaction did.
    if (enqueued) draftNotifications();
    return result;
  },
});
