import type { Outbox } from '../platform/outbox.ts';
import type { Store } from '../platform/store.ts';

const announced = (outbox: Outbox, announce: () => void): Outbox => ({
  ...outbox,
  enqueue: async (drafts) => {
    await outbox.enqueue(drafts);
    announce();
  },
});

/** The same store, which tells when something is in the outbox that was not there before. */
export const announcedOutbox = (store: Store, announce: () => void): Store => ({
  ...store,
  outbox: announced(store.outbox, announce),
  transaction: async (work) => {
    let enqueued = false;
    const note = (): void => {
      enqueued = true;
    };
    const result = await store.transaction((tx) =>
      work({ ...tx, outbox: announced(tx.outbox, note) }),
    );
    // Before its end nobody else sees what a transaction did.
    if (enqueued) announce();
    return result;
  },
});
