import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Actor } from '../../platform/conversation.ts';
import { refusal } from '../../platform/errors.ts';
import type { Transactional } from '../../platform/store.ts';
import { alertsHere } from './load-alerts.ts';
import { type CareCollections, startOver } from './start-over.ts';
import type { Alerts, StoredAlert, StoredNote } from './store.ts';
import { updateCards } from './update-cards.ts';

export interface Ports {
  readonly clock: Clock;
  readonly store: Transactional<CareCollections> & { readonly alerts: Alerts };
}

/** The alert of that number in this conversation. Throws 'not-found'. */
export const alertOfNumber =
  ({ store }: { readonly store: { readonly alerts: Alerts } }) =>
  async (scope: Scope, number: number): Promise<StoredAlert> => {
    const alert = await store.alerts.byNumber(conversationOf(scope), number);
    if (alert === undefined) throw refusal('not-found', 'alert.no-such-number', { number });
    return alert;
  };

/**
 * Changes all alerts that share a card, notes who acts how on each, and updates the card. Returns those
 * that changed.
 */
const changeCard =
  ({ store, clock }: Ports) =>
  (
    scope: Scope,
    id: string,
    done: Pick<StoredNote, 'act' | 'text'>,
    change: (tx: CareCollections, alert: StoredAlert) => Promise<boolean>,
  ): Promise<readonly StoredAlert[]> =>
    store.transaction(async (tx) => {
      const before = await alertsHere({ store: tx })(scope, id);
      const now = clock.now();
      const note = { by: actorOf(scope).name, at: now, ...done };
      const changed: StoredAlert[] = [];
      for (const alert of before)
        if (await change(tx, alert)) {
          await tx.alerts.addNote(alert.id, note);
          changed.push(alert);
        }
      if (changed.length > 0) await updateCards(tx, before, now);
      return changed;
    });

/** Gives an acknowledged alert back. Empty if nobody had it, or it has ended. */
export const unacknowledge = (ports: Ports) => (scope: Scope, id: string) =>
  changeCard(ports)(scope, id, { act: 'unack', text: '' }, async (tx, alert) => {
    if (!(await tx.alerts.unacknowledge(alert.id))) return false;
    const { ackedBy: _, ackedAt: __, ackUntil: ___, ...free } = alert;
    await startOver(tx, [free], ports.clock.now());
    return true;
  });

/** Writes a note on the card. It may be about an alert that has ended. */
export const addNote = (ports: Ports) => (scope: Scope, id: string, text: string) =>
  changeCard(ports)(scope, id, { text }, async () => true);

/** Hands it to somebody. Empty if it has ended. */
export const assign = (ports: Ports) => (scope: Scope, id: string, to: Actor) =>
  changeCard(ports)(scope, id, { act: 'assign', text: to.name }, async (tx, alert) => {
    if (alert.closedAt !== undefined) return false;
    await tx.alerts.assign(alert.id, to);
    return true;
  });
