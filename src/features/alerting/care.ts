import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Actor } from '../../platform/conversation.ts';
import { refusal } from '../../platform/errors.ts';
import type { Transactional } from '../../platform/store.ts';
import { alertsHere } from './load-alerts.ts';
import type { Alerts, StoredAlert } from './store.ts';
import { type CardCollections, updateCards } from './update-cards.ts';

export interface Ports {
  readonly clock: Clock;
  readonly store: Transactional<CardCollections> & { readonly alerts: Alerts };
}

/** The alert of that number in this conversation. Throws 'not-found'. */
export const alertOfNumber =
  ({ store }: { readonly store: { readonly alerts: Alerts } }) =>
  async (scope: Scope, number: number): Promise<StoredAlert> => {
    const alert = await store.alerts.byNumber(conversationOf(scope), number);
    if (alert === undefined) throw refusal('not-found', 'alert.no-such-number', { number });
    return alert;
  };

/** Changes all alerts that share a card, and updates the card. Returns those that changed. */
const changeCard =
  ({ store, clock }: Ports) =>
  (
    scope: Scope,
    id: string,
    change: (tx: CardCollections, alert: StoredAlert) => Promise<boolean>,
  ): Promise<readonly StoredAlert[]> =>
    store.transaction(async (tx) => {
      const before = await alertsHere({ store: tx })(scope, id);
      const changed: StoredAlert[] = [];
      for (const alert of before) if (await change(tx, alert)) changed.push(alert);
      if (changed.length > 0) await updateCards(tx, before, clock.now());
      return changed;
    });

/** Gives an acknowledged alert back. Empty if nobody had it, or it has ended. */
export const unacknowledge = (ports: Ports) => (scope: Scope, id: string) =>
  changeCard(ports)(scope, id, (tx, alert) => tx.alerts.unacknowledge(alert.id));

/** Writes a note on the card. It may be about an alert that has ended. */
export const addNote = (ports: Ports) => (scope: Scope, id: string, text: string) => {
  const note = { by: actorOf(scope).name, at: ports.clock.now(), text };
  return changeCard(ports)(scope, id, async (tx, alert) => {
    await tx.alerts.addNote(alert.id, note);
    return true;
  });
};

/** Hands it to somebody. Empty if it has ended. */
export const assign = (ports: Ports) => (scope: Scope, id: string, to: Actor) =>
  changeCard(ports)(scope, id, async (tx, alert) => {
    if (alert.closedAt !== undefined) return false;
    await tx.alerts.assign(alert.id, to);
    return true;
  });
