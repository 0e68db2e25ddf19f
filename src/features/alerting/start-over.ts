import { readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import { remindersOf } from './domain/calls.ts';
import type { Reminders, StoredAlert } from './store.ts';
import type { CardCollections } from './update-cards.ts';

/** What changes with who takes care of an alert. */
export interface CareCollections extends CardCollections {
  readonly reminders: Reminders;
  readonly watches: Watches;
}

/** Nobody has these alerts any more: what reminds of them starts over. */
export const startOver = async (
  tx: Pick<CareCollections, 'reminders' | 'watches'>,
  alerts: readonly StoredAlert[],
  now: number,
): Promise<void> => {
  const [first] = alerts;
  if (first === undefined) return;
  const watches = (await tx.watches.list(first)).flatMap((stored) => readWatch(stored) ?? []);
  await tx.reminders.begin(remindersOf(alerts, watches, now), true);
};
