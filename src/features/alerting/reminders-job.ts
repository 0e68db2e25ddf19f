import type { Clock } from '../../platform/clock.ts';
import type { Actor } from '../../platform/conversation.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Job } from '../../platform/job.ts';
import type { Logger } from '../../platform/log.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Transactional } from '../../platform/store.ts';
import { groupBy } from '../../shared/grouped.ts';
import { type CallFacts, findCall } from './domain/calls.ts';
import { type Reminder, reminderMessage, stepReminder } from './domain/reminder.ts';
import { type Ports as CallPorts, readCallFacts } from './find-calls.ts';
import { alertsOnCard } from './load-alerts.ts';
import { cardOf, hasArrived } from './reminder-notices.ts';
import { type CareCollections, startOver } from './start-over.ts';
import type { Alerts, Reminders, StoredAlert } from './store.ts';
import { updateCards } from './update-cards.ts';

interface Ports extends CallPorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: CallPorts['store'] &
    Transactional<CareCollections> & {
      readonly alerts: Alerts;
      readonly reminders: Reminders;
    };
}

/** What is left is due at the next run, a few seconds later. */
const mostAtOnce = 100;

/**
 * Carries out reminders, escalations and the ends of acknowledgements that are due. Each step is stored
 * with the message that it enqueues, and only where nobody changed it since it was read: so none is lost
 * or doubled, whoever is killed and however many instances run.
 */
export const remindersJob = (ports: Ports): Job => ({
  name: 'reminders',
  run: async (signal) => {
    await endAcknowledgements(ports, signal);
    await remind(ports, signal);
  },
});

const remind = async (ports: Ports, signal: AbortSignal): Promise<void> => {
  const due = await ports.store.reminders.due(ports.clock.now(), mostAtOnce);
  for (const [account, some] of groupBy(due, (reminder) => reminder.account)) {
    const facts = await readCallFacts(ports, account);
    for (const reminder of some) {
      signal.throwIfAborted();
      await guarded(ports, () => carryOut(ports, facts, reminder));
    }
  }
};

/** One that fails must not hold up the others. */
const guarded = async ({ log }: Ports, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (asAppError(error).code === 'store-down') throw error;
    log.warn('reminder.failed', { error });
  }
};

const carryOut = async (
  { store, clock }: Ports,
  facts: CallFacts,
  reminder: Reminder,
): Promise<void> => {
  const { account, conversationKey, card, kind } = reminder;
  const now = clock.now();
  await store.transaction(async (tx) => {
    const alerts = await alertsOnCard({ store: tx })(card);
    const shown = cardOf(alerts);
    if (shown !== undefined && shown !== card) {
      // A group shows it by now, and reminds of all its alerts together.
      if (await tx.reminders.replace(reminder, undefined))
        await tx.reminders.begin(
          [{ account, conversationKey, card: shown, kind, dueAt: now }],
          false,
        );
      return;
    }
    const found = findCall(kind, alerts, facts);
    const arrived =
      found.is === 'calling' &&
      (await hasArrived(tx, reminder, reminderMessage(reminder, reminder.next)));
    const { after, sends } = stepReminder(reminder, found, arrived, now);
    if (!(await tx.reminders.replace(reminder, after)) || sends === undefined) return;
    const payload: Notice = {
      kind: 'reminder',
      card,
      what: kind,
      round: reminder.round,
      number: sends,
    };
    const message = reminderMessage(reminder, sends);
    await tx.outbox.enqueue([
      { account, conversationKey, card: message, kind: 'post', payload, dueAt: now },
    ]);
  });
};

const endAcknowledgements = async (ports: Ports, signal: AbortSignal): Promise<void> => {
  const ended = await ports.store.alerts.ackEnded(ports.clock.now(), mostAtOnce);
  for (const some of groupBy(ended, endKey).values()) {
    signal.throwIfAborted();
    await guarded(ports, () => endOnCard(ports, some));
  }
};

/** One message for each card and person. */
const endKey = (alert: StoredAlert): string =>
  JSON.stringify([alert.groupId ?? alert.id, alert.ackedBy?.id, alert.ackUntil]);

const endOnCard = async ({ store, clock }: Ports, ended: readonly StoredAlert[]): Promise<void> => {
  const now = clock.now();
  const [first] = ended;
  if (first?.ackedBy === undefined || first.ackUntil === undefined) return;
  const { account, conversationKey, ackedBy, ackUntil } = first;
  const card = first.groupId ?? first.id;
  await store.transaction(async (tx) => {
    const taken: StoredAlert[] = [];
    for (const { ackedBy: _, ackedAt: __, ackUntil: ___, ...alert } of ended)
      if (await tx.alerts.endAcknowledgement(alert.id, now)) taken.push(alert);
    if (taken.length === 0) return;
    for (const { id } of taken) await tx.alerts.addNote(id, endNote(ackedBy, now));
    await updateCards(tx, taken, now);
    await startOver(tx, taken, now);
    const payload: Notice = { kind: 'ack-ended', card, by: ackedBy, until: ackUntil };
    const message = `${card}:ack-ended:${ackUntil}:${ackedBy.id}`;
    await tx.outbox.enqueue([
      { account, conversationKey, card: message, kind: 'post', payload, dueAt: now },
    ]);
  });
};

const endNote = ({ name }: Actor, at: number) =>
  ({ by: name, at, text: '', act: 'ack-ended' }) as const;
