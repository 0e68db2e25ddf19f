import type { Conversation } from '../../../platform/conversation.ts';

/** 'remind' = who made the watch is reminded, 'escalate' = somebody else is mentioned. */
export type ReminderKind = 'remind' | 'escalate';

export interface ReminderKey extends Conversation {
  /** The id of the alert or group whose card it is about. */
  readonly card: string;
  readonly kind: ReminderKind;
}

/** What comes as long as nobody acknowledges the alerts of a card. */
export interface Reminder extends ReminderKey {
  /**
   * Counts, from 1, how often it began: it starts over when an alert is given back. An escalation stays
   * in its first round, since it comes once.
   */
  readonly round: number;
  /** The number of the message that comes next, from 1. */
  readonly next: number;
  /** ms since 1970; absent = nothing comes before it starts over. */
  readonly dueAt?: number;
  /** All its messages have arrived. */
  readonly done: boolean;
}

/** How things are with the alerts of a card. */
export type Situation =
  /** `unwatched` = no watch of theirs reminds any more. */
  | { readonly is: 'over' | 'unwatched' | 'acknowledged' }
  | { readonly is: 'silent'; readonly everyMs: number }
  | { readonly is: 'calling'; readonly everyMs: number };

/** Of one round (contract, Reminders). */
const most = { remind: 3, escalate: 1 } as const satisfies Record<ReminderKind, number>;

/** A silence may end early, so it is asked about again after this time at the latest. */
const longestSilentMs = 15 * 60_000;

/**
 * What follows when it is due. `arrived` = whether the message `next` has arrived, or may have; one
 * that was only queued is queued again under the same name. Without `after` the reminder ends.
 */
export const stepReminder = (
  reminder: Reminder,
  situation: Situation,
  arrived: boolean,
  now: number,
): { readonly after?: Reminder; readonly sends?: number } => {
  const { dueAt: _, ...rest } = reminder;
  switch (situation.is) {
    case 'over':
    case 'unwatched':
      return {};
    case 'acknowledged':
      return { after: rest };
    case 'silent':
      return { after: { ...rest, dueAt: now + Math.min(situation.everyMs, longestSilentMs) } };
    case 'calling': {
      const next = arrived ? reminder.next + 1 : reminder.next;
      if (next > most[reminder.kind]) return { after: { ...rest, done: true } };
      return { after: { ...rest, next, dueAt: now + situation.everyMs }, sends: next };
    }
    default:
      return situation satisfies never;
  }
};

/** The name in the outbox of one message of a reminder. */
export const reminderMessage = ({ card, kind, round }: Reminder, number: number): string =>
  `${card}:${kind}:${round}-${number}`;

export const keyOfReminder = ({ account, conversationKey, card, kind }: ReminderKey) => ({
  account,
  conversationKey,
  card,
  kind,
});
