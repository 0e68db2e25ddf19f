import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Address, Card, Delivery, Messenger, Slot } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';
import type { Connector } from './connector.ts';
import { classify, type Operation } from './delivery-outcome.ts';
import { createMessageBody } from './message-body.ts';

interface Ports {
  readonly connector: Connector;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: { sent(operation: string, outcome: string, seconds: number): void };
}

const sendTimeoutMs = 10_000;
/** A late indicator is of no use. */
const typingTimeoutMs = 2000;

const envelope = (to: Address): Partial<Activity> => ({
  channelId: to.channelId,
  serviceUrl: to.serviceUrl,
  from: { id: to.botId, name: to.botName ?? '' },
  // The connector knows the rest of the conversation by its id; botbuilder's type asks for more.
  conversation: { id: to.conversationId } as Activity['conversation'],
});

/** Never text beside the card: Teams would make two messages of it, and the id for updates would be lost. */
const messageOf = (to: Address, { summary }: Card): Partial<Activity> => ({
  ...envelope(to),
  type: 'message',
  summary,
});

/** Where it is posted: under what it answers, and for whose eyes. */
const placeOf = ({ replyToId, only }: Address): Partial<Activity> => ({
  ...optional('replyToId', replyToId),
  ...optional('recipient', only),
});

/** The connector's answer to a message that it took. */
const Taken = z.object({ id: z.string().optional().catch(undefined) });

/** Uses no turn, so it works long after the turn that it answers. */
export const createMessenger = ({ connector, clock, log, metrics }: Ports): Messenger => {
  const bodyOf = createMessageBody();

  const send = async (
    to: Address,
    body: object | Buffer,
    timeoutMs: number,
    slot: Slot | undefined,
  ) => {
    const { serviceUrl, conversationId, replyToId } = to;
    const path = [conversationId, 'activities', ...(replyToId === undefined ? [] : [replyToId])];
    const query = to.only === undefined ? undefined : 'isTargetedActivity=true';
    const call = { method: 'POST', serviceUrl, path, body, timeoutMs, slot } as const;
    return Taken.parse(await connector({ ...call, ...optional('query', query) }));
  };

  const attempt = async (
    operation: Operation,
    to: Address,
    call: () => Promise<{ readonly id?: string | undefined }>,
  ): Promise<Delivery> => {
    const startedAt = clock.monotonic();
    const took = () => (clock.monotonic() - startedAt) / 1000;
    try {
      const { id } = await call();
      metrics.sent(operation, 'ok', took());
      // Taken under an unknown id: it can be neither updated nor posted again.
      if (id === undefined && operation === 'post')
        return { ok: false, reason: 'ambiguous', code: 'NoActivityId' };
      return { ok: true, activityId: id ?? '' };
    } catch (error) {
      const failure = classify(error, operation);
      metrics.sent(operation, failure.reason, took());
      log.warn('delivery.attempt-failed', {
        operation,
        reason: failure.reason,
        code: failure.code,
        conversation: to.conversationId,
      });
      return failure;
    }
  };
  return {
    post: (to, card, slot) =>
      attempt('post', to, () =>
        send(to, bodyOf({ ...messageOf(to, card), ...placeOf(to) }, card), sendTimeoutMs, slot),
      ),
    update: (to, activityId, card, slot) =>
      attempt('update', to, async () => {
        await connector({
          method: 'PUT',
          serviceUrl: to.serviceUrl,
          path: [to.conversationId, 'activities', activityId],
          body: bodyOf({ ...messageOf(to, card), id: activityId }, card),
          timeoutMs: sendTimeoutMs,
          slot,
        });
        return { id: activityId };
      }),
    typing: (to, slot) =>
      attempt('typing', to, () =>
        send(to, { ...envelope(to), type: 'typing', ...placeOf(to) }, typingTimeoutMs, slot),
      ),
  };
};
