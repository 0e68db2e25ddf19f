import { optional } from '../core/optional.ts';
import type { Place } from '../core/stores.ts';
import type { Address } from '../core/turn.ts';

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
