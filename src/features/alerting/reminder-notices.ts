import { z } from 'zod';
import type { Member } from '../../chat/person.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import { asAppError } from '../../platform/errors.ts';
import { defineNotice } from '../../platform/notice.ts';
import type { CardMessages, Outbox } from '../../platform/outbox.ts';
import { fold } from '../../shared/fold.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { type ReminderModel, reminderCard, type Subject } from './cards/reminder.ts';
import { type Call, findCall } from './domain/calls.ts';
import { type ReminderKey, reminderMessage } from './domain/reminder.ts';
import { type Ports as CallPorts, readCallFacts } from './find-calls.ts';
import { alertCardOf, alertsOnCard } from './load-alerts.ts';
import type { Alerts, Reminders, StoredAlert } from './store.ts';

const ReminderPayload = z
  .object({
    kind: z.literal('reminder'),
    card: z.string(),
    what: z.enum(['remind', 'escalate']),
    round: z.number(),
    number: z.number(),
  })
  .readonly();
type ReminderPayload = z.infer<typeof ReminderPayload>;

const AckEndedPayload = z
  .object({
    kind: z.literal('ack-ended'),
    card: z.string(),
    /** Who had it. */
    by: z.object({ id: z.string(), name: z.string() }).readonly(),
    /** ms since 1970 */
    until: z.number(),
  })
  .readonly();

declare module '../../platform/notice.ts' {
  interface Notices {
    reminder: ReminderPayload;
    'ack-ended': z.infer<typeof AckEndedPayload>;
  }
}

/** Somebody of a conversation, by address or object id. Rejects with 'roster-unreadable'. */
export type FindMember = (to: Conversation, id: string) => Promise<Member | undefined>;

interface Ports extends CallPorts {
  readonly findMember: FindMember;
  readonly comparisons: Comparisons;
  readonly store: CallPorts['store'] & {
    readonly alerts: Alerts;
    readonly cardMessages: CardMessages;
    readonly outbox: Pick<Outbox, 'mayHaveArrived'>;
    readonly reminders: Reminders;
  };
}

interface Loaded {
  readonly model: ReminderModel;
  readonly card: string;
}

/** Nothing if somebody has it meanwhile, it is over or silent, or this message has come before. */
const loadReminder = async (
  ports: Ports,
  { card, what, round, number }: ReminderPayload,
  { account, conversationKey }: Conversation,
): Promise<Loaded | undefined> => {
  const { store } = ports;
  const key: ReminderKey = { account, conversationKey, card, kind: what };
  const reminder = await store.reminders.find(key);
  if (reminder === undefined || reminder.round !== round || reminder.done) return undefined;
  if (await hasArrived(store, key, reminderMessage(reminder, number))) return undefined;
  const alerts = await alertsOnCard(ports)(card);
  if (cardOf(alerts) !== card) return undefined;
  const facts = await readCallFacts(ports, account, key);
  const call = findCall(what, alerts, facts);
  if (call.is !== 'calling') return undefined;
  const about = await subjectOf(ports, alerts);
  if (about === undefined) return undefined;
  const who =
    what === 'remind'
      ? { mentioned: call.watch.madeBy }
      : await escalatedTo(ports, key, call, facts.viewOf(call.alert.agentId));
  return {
    card,
    model: { about, who, what: what === 'remind' ? { kind: what, number } : { kind: what } },
  };
};

/** Whether a message has arrived, or may have. */
export const hasArrived = async (
  { cardMessages, outbox }: Pick<Ports['store'], 'cardMessages' | 'outbox'>,
  to: Conversation,
  message: string,
): Promise<boolean> =>
  (await cardMessages.list(to, message)).length > 0 || outbox.mayHaveArrived(to, [message]);

/** The card that shows them. */
export const cardOf = ([first]: readonly StoredAlert[]): string | undefined =>
  first?.groupId ?? first?.id;

const subjectOf = async (
  ports: Ports,
  alerts: readonly StoredAlert[],
): Promise<Subject | undefined> => alertCardOf(ports)(alerts);

const escalatedTo = async (
  ports: Ports,
  to: Conversation,
  { watch }: Call,
  view: AgentView | undefined,
): Promise<ReminderModel['who']> => {
  const whom = watch.rule.escalate?.to;
  if (whom === undefined) return { unmentioned: { why: 'not-here' } };
  if ('person' in whom) {
    // Not every roster answers to the object id.
    const { id, name, teamsId = id } = whom.person;
    return memberOf(ports, to, teamsId, { name });
  }
  const { field } = whom;
  const value = view?.agent.customFields.find(({ name }) => fold(name) === fold(field))?.value;
  if (value === undefined || value.trim() === '')
    return { unmentioned: { why: 'no-field', field } };
  return memberOf(ports, to, value.trim(), { field, name: value.trim() });
};

/** What stands in a field may be anything; a roster is asked for one id. */
const longestId = 200;

const memberOf = async (
  { findMember }: Ports,
  to: Conversation,
  id: string,
  named: { readonly field?: string; readonly name: string },
): Promise<ReminderModel['who']> => {
  if (id.length > longestId) return { unmentioned: { ...named, why: 'not-here' } };
  try {
    const member = await findMember(to, id);
    if (member === undefined) return { unmentioned: { ...named, why: 'not-here' } };
    const name = member.name || named.name;
    if (member.guest) return { unmentioned: { why: 'guest', name } };
    return { mentioned: { id: member.objectId ?? id, name } };
  } catch (error) {
    if (asAppError(error).code === 'store-down') throw error;
    return { unmentioned: { ...named, why: 'unreadable' } };
  }
};

const reminderNotice = defineNotice('reminder', {
  payload: ReminderPayload,
  load: loadReminder,
  view: ({ model, card }, reader) => ({
    card: reminderCard(model, reader),
    follows: card,
    after: [card, ...membersOf(model.about)],
  }),
});

/** The cards that may have notified it: its own, and those that its agents had before. */
const membersOf = (about: Subject): readonly string[] =>
  about.kind === 'group' ? about.group.members.map(({ alertId }) => alertId) : [];

const loadAckEnded = async (
  ports: Ports,
  { card, by, until }: { readonly card: string; readonly by: Actor; readonly until: number },
): Promise<Loaded | undefined> => {
  const alerts = await alertsOnCard(ports)(card);
  const free = alerts.some(
    ({ closedAt, ackedBy }) => closedAt === undefined && ackedBy === undefined,
  );
  const about = free ? await subjectOf(ports, alerts) : undefined;
  const shown = cardOf(alerts);
  return about === undefined || shown === undefined
    ? undefined
    : { card: shown, model: { about, who: { mentioned: by }, what: { kind: 'ack-ended', until } } };
};

const ackEndedNotice = defineNotice('ack-ended', {
  payload: AckEndedPayload,
  lasts: true,
  load: loadAckEnded,
  view: ({ model, card }, reader) => ({ card: reminderCard(model, reader), follows: card }),
});

export const reminderNotices = { reminder: reminderNotice, 'ack-ended': ackEndedNotice };
