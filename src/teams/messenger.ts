import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Clock, Delivery, Logger, Messenger } from '../core/ports.ts';
import type { Address, Card } from '../core/turn.ts';
import type { Connectors } from './connectors.ts';
import { adaptiveCard } from './content-types.ts';
import { classify, type Operation } from './delivery-outcome.ts';

interface Ports {
  readonly connectors: Connectors;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: { sent(operation: string, outcome: string, seconds: number): void };
}

const sendTimeoutMs = 10_000;
/** An indicator that comes late is worth nothing. */
const typingTimeoutMs = 2000;

const envelope = (to: Address): Partial<Activity> => ({
  channelId: to.channelId,
  serviceUrl: to.serviceUrl,
  from: { id: to.botId, name: to.botName ?? '' },
  // The connector knows the rest of the conversation by its id; botbuilder's type asks for more.
  conversation: { id: to.conversationId } as Activity['conversation'],
});

/** Never text beside the card: Teams would split it in two, and the id needed for updates were lost. */
const cardMessage = (to: Address, { content, summary }: Card): Partial<Activity> => ({
  ...envelope(to),
  type: 'message',
  summary,
  attachments: [{ contentType: adaptiveCard, content }],
});

const send = (
  { conversations }: ConnectorClient,
  to: Address,
  activity: Partial<Activity>,
  timeout: number,
) =>
  to.replyToId === undefined
    ? conversations.sendToConversation(to.conversationId, activity, { timeout })
    : conversations.replyToActivity(
        to.conversationId,
        to.replyToId,
        { ...activity, replyToId: to.replyToId },
        { timeout },
      );

/** Talks to the connector itself, so that it works long after the turn that it answers. */
export const createMessenger = ({ connectors, clock, log, metrics }: Ports): Messenger => {
  const attempt = async (
    operation: Operation,
    to: Address,
    call: (connector: ConnectorClient) => Promise<{ readonly id?: string | undefined }>,
  ): Promise<Delivery> => {
    const startedAt = clock.now();
    const took = () => (clock.now() - startedAt) / 1000;
    try {
      const { id } = await call(await connectors(to.serviceUrl));
      metrics.sent(operation, 'ok', took());
      // Taken, but under an id that nobody knows: it can be neither updated nor posted again.
      if (id === undefined && operation === 'post')
        return { ok: false, reason: 'ambiguous', code: 'NoActivityId' };
      return { ok: true, activityId: id ?? '' };
    } catch (error) {
      const failure = classify(error, operation);
      metrics.sent(operation, failure.reason, took());
      log.warn('sending to Teams failed', {
        operation,
        reason: failure.reason,
        code: failure.code,
        conversation: to.conversationId,
      });
      return failure;
    }
  };
  return {
    post: (to, card) =>
      attempt('post', to, (connector) => send(connector, to, cardMessage(to, card), sendTimeoutMs)),
    update: (to, activityId, card) =>
      attempt('update', to, async ({ conversations }) => {
        const activity = { ...cardMessage(to, card), id: activityId };
        await conversations.updateActivity(to.conversationId, activityId, activity, {
          timeout: sendTimeoutMs,
        });
        return { id: activityId };
      }),
    typing: (to) =>
      attempt('typing', to, (connector) =>
        send(connector, to, { ...envelope(to), type: 'typing' }, typingTimeoutMs),
      ),
  };
};
