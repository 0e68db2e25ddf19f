import { AppError } from '../core/errors.ts';
import type { KeptWatch } from '../core/kept-watch.ts';
import type { StoreTransaction } from '../core/store.ts';
import type { Scope } from '../core/turn.ts';
import type { StoredAlert } from '../core/watch-stores.ts';
import { conversationOf } from './actor.ts';
import { findWatch, goneWatch } from './find-watch.ts';
import type { Needs } from './ports.ts';
import { updateCards } from './update-cards.ts';

type Ports = Needs<'clock', 'watches' | 'transaction'>;

/** Ends a watch. Its cards stop being kept up to date, and say so. */
export const endWatch =
  (ports: Ports) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const watch = await findWatch(ports)(scope, id);
    const now = ports.clock.now();
    const ended = await ports.store.transaction(async (tx) => {
      const removed = await tx.watches.remove(conversationOf(scope), watch.number);
      if (removed !== undefined) await closeAlerts(tx, watch, now);
      return removed;
    });
    if (ended === undefined) throw goneWatch();
    return watch;
  };

/** As endWatch, by the number that `watches` shows. */
export const endWatchNumber =
  (ports: Ports) =>
  async (scope: Scope, number: number): Promise<KeptWatch> => {
    const watches = await ports.store.watches.list(conversationOf(scope));
    const found = watches.find((watch) => watch.number === number);
    if (found === undefined)
      throw new AppError('not-found', 'no such watch number', {
        explanation: `There is no watch ${number} here. Type “watches” to see them with their numbers.`,
      });
    return endWatch(ports)(scope, found.id);
  };

/** Nobody learns any more how these go on. */
export const closeAlerts = async (
  tx: Pick<StoreTransaction, 'alerts' | 'cardMessages' | 'outbox'>,
  watch: Pick<KeptWatch, 'id' | 'account'>,
  now: number,
): Promise<void> => {
  const open = (await tx.alerts.current(watch.account)).filter(
    ({ watchId }) => watchId === watch.id,
  );
  await tx.alerts.save(open.map((alert): StoredAlert => ({ ...alert, closedAt: now })));
  await updateCards(tx, open, now);
};
