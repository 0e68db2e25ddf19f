import type { Clock } from '../platform/clock.ts';
import type { Installation, Place } from '../platform/conversation.ts';
import type { Correlation } from '../platform/correlation.ts';
import { asAppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import type { Address, Delivery, Messenger, RateLimiter, Slot } from '../platform/messenger.ts';
import type { Render, Rendered } from '../platform/notice.ts';
import type { ConversationQueue, OutboxItem } from '../platform/outbox.ts';
import type { Store } from '../platform/store.ts';
import { optional } from '../shared/optional.ts';
import type { Credentials } from './credentials.ts';
import { governmentHost, type Outcome, outcomeOf } from './outcome.ts';
import type { Drawn } from './patient-renders.ts';
import {
  type Collections,
  earlierOf,
  type Observers,
  recordOutcome,
  reportOutcome,
  type Sent,
} from './record-outcome.ts';

/** Where a conversation is written to; only channels have threads, each named by its first message. */
export const addressOf = (place: Place, thread: string | undefined): Address => ({
  tenantId: place.tenantId,
  serviceUrl: place.serviceUrl,
  conversationId:
    thread === undefined || place.kind !== 'channel'
      ? place.conversationKey
      : `${place.conversationKey};messageid=${thread}`,
  kind: place.kind,
  botId: place.botId,
  ...optional('botName', place.botName),
  channelId: place.channelId,
});

export interface SendingPorts extends Observers {
  readonly store: Store<Collections>;
  /** One attempt each. */
  readonly messenger: Messenger;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly render: Render;
  /** By the monotonic clock. */
  readonly claimedAt: number;
  readonly leaseMs: number;
  /** Tries until the store has it: what was sent and is not stored would be sent again. */
  readonly persist: (write: () => Promise<void>, halt: AbortSignal) => Promise<void>;
  /** Of a row, by its payload: whether it is about what goes on. */
  readonly lasts: (payload: unknown) => boolean;
  readonly credentials: Credentials;
  /** Aborted when no send may begin any more. */
  readonly halt: AbortSignal;
}

/** What was drawn before its turn came, and its slot. */
interface Prepared {
  readonly drawn: Drawn;
  readonly slot: Slot;
}

/** Sends one row of the outbox and stores the outcome. Returns when the row is due again, if it is. */
export const sendItem = async (
  ports: SendingPorts,
  queue: ConversationQueue,
  first: OutboxItem,
  installation: Installation,
  prepared?: Prepared,
): Promise<number | undefined> => {
  const { store, clock, log, persist } = ports;
  const { conversationKey, card } = first;
  if (first.inDoubt) log.warn('delivery.resent-after-crash', { conversationKey, card });
  let item = first;
  let place = installation;
  let slot = prepared?.slot;
  for (;;) {
    const rendered =
      prepared === undefined
        ? await renewing(ports, queue, () => newestState(ports, item, place))
        : prepared.drawn;
    if (rendered === undefined) return setAside(ports, queue, item);
    const sent =
      rendered === 'undeliverable'
        ? undeliverable(queue, item, clock.now())
        : await attempt(ports, queue, item, place, rendered, slot);
    slot = undefined;
    if (sent === undefined) return undefined;
    await persist(() => store.transaction((tx) => recordOutcome(tx, sent)), ports.halt);
    reportOutcome(ports, sent);
    if (rendered !== 'undeliverable') noteCredentials(ports, queue, sent.outcome);
    switch (sent.outcome.kind) {
      case 'as-new-message':
        item = { ...item, kind: 'post' };
        break;
      case 'outside-the-thread':
        break;
      case 'over-the-government-host':
        place = { ...place, serviceUrl: governmentHost };
        break;
      case 'later':
        return sent.outcome.othersMayPass ? undefined : sent.at + sent.outcome.waitMs;
      default:
        return undefined;
    }
  }
};

/** There is nothing to send any more. What was in doubt stays so: it may have arrived before the crash. */
const setAside = async (
  { store, clock }: SendingPorts,
  queue: ConversationQueue,
  item: OutboxItem,
): Promise<undefined> => {
  await store.outbox.done(queue, item, clock.now(), item.inDoubt ? 'in-doubt' : undefined);
  return undefined;
};

/** Nothing where the outcome does not say: Teams was not reached, or did not get that far. */
const noteCredentials = (
  { credentials }: SendingPorts,
  to: ConversationQueue,
  outcome: Outcome,
): void => {
  if (outcome.kind !== 'later' && outcome.kind !== 'unsure') credentials.accepted(to);
  if (outcome.kind === 'later' && outcome.outage === 'unauthorized')
    credentials.refused(to, outcome.everywhere === true);
};

/**
 * Renews the lease of the conversation queue as long as the work lasts: a card that takes longer than one
 * lease would be drawn again and again, and never be sent. An instance that lost the queue all the same finds
 * it out before the send.
 */
const renewing = async <T>(
  { store, clock, leaseMs }: SendingPorts,
  queue: ConversationQueue,
  work: () => Promise<T>,
): Promise<T> => {
  const renewSoon = (): (() => void) => clock.after(leaseMs / 3, () => void renew());
  const renew = async (): Promise<void> => {
    callOff = renewSoon();
    await store.outbox.extend(queue, leaseMs).catch(() => undefined);
  };
  let callOff = renewSoon();
  try {
    return await work();
  } finally {
    callOff();
  }
};

export const newestState = async (
  { render, log }: Pick<SendingPorts, 'render' | 'log'>,
  item: OutboxItem,
  place: Installation,
): Promise<Drawn> => {
  try {
    return await render(item, place);
  } catch (error) {
    // An outage of the store passes. All else would fail again and hold up what comes after it.
    if (asAppError(error).code === 'store-down') throw error;
    log.error('delivery.undeliverable', { card: item.card, error });
    return 'undeliverable';
  }
};

const undeliverable = (queue: ConversationQueue, item: OutboxItem, at: number): Sent => ({
  queue,
  item,
  outcome: { kind: 'given-up', error: 'cannot-be-told' },
  at,
});

/** Nothing if it was not sent after all: none is to be, the bot stops, or another instance has the queue by now. */
const attempt = async (
  ports: SendingPorts,
  queue: ConversationQueue,
  item: OutboxItem,
  place: Installation,
  { card, follows = item.card, after, inPlaceOnly = false, earlier, replaces }: Rendered,
  given: Slot | undefined,
): Promise<Sent | undefined> => {
  const { store, messenger, clock, random, lasts } = ports;
  const messages = await store.cardMessages.list(item, item.card);
  const heads = follows === item.card ? messages : await store.cardMessages.list(item, follows);
  const inPlace =
    replaces === undefined ? messages.at(-1) : heads.find((message) => message === replaces);
  const replaced = item.kind === 'update' || inPlaceOnly ? inPlace : undefined;
  const isLate = inPlaceOnly || (after !== undefined && !(await wasNotified(ports, item, after)));
  if (isLate && replaced === undefined) return setAside(ports, queue, item);
  const thread = place.kind === 'channel' ? heads[0] : undefined;
  const to = addressOf(place, thread);
  const slot = given ?? (await slotInTurn(ports, to));
  if (slot === undefined) {
    await store.outbox.postpone(queue, item, item.dueAt, false);
    return undefined;
  }
  const send = async (): Promise<Delivery | undefined> => {
    if (!(await stillHolds(ports, queue))) return undefined;
    return replaced === undefined
      ? messenger.post(to, card, slot)
      : messenger.update(to, replaced, card, slot);
  };
  const delivery = await send().finally(slot.over);
  if (delivery === undefined) return undefined;
  const at = clock.now();
  const made = {
    sending: replaced === undefined ? 'post' : 'update',
    attempt: item.attempts + 1,
    failingForMs: at - (item.failingSince ?? at),
    inThread: thread !== undefined,
    serviceUrl: place.serviceUrl,
    lasts: lasts(item.payload),
  } as const;
  return {
    queue,
    item,
    outcome: outcomeOf(delivery, made, random),
    at,
    ...optional('replaced', replaced),
    ...optional('thread', thread),
    ...optional('earlier', earlierOf(messages.at(-1), earlier)),
  };
};

/** Nothing when the bot stops meanwhile. */
const slotInTurn = ({ rateLimiter, halt }: SendingPorts, to: Address): Promise<Slot | undefined> =>
  rateLimiter.enter(to, { signal: halt, urgent: true }).catch(() => undefined);

/** A send may take most of the lease's time: after a wait it needs a whole lease again. */
const stillHolds = async (
  { store, clock, leaseMs, claimedAt }: SendingPorts,
  queue: ConversationQueue,
) => {
  return clock.monotonic() - claimedAt <= leaseMs / 5 || store.outbox.extend(queue, leaseMs);
};

/** By what arrived there, or may have: what was only queued was notified to nobody. */
const wasNotified = async (
  { store }: SendingPorts,
  to: OutboxItem,
  cards: readonly string[],
): Promise<boolean> => {
  for (const card of cards) if ((await store.cardMessages.list(to, card)).length > 0) return true;
  return store.outbox.mayHaveArrived(to, cards);
};
