import type { Conversation, Place } from '../../src/platform/conversation.ts';
import type { OutboxDraft } from '../../src/platform/outbox.ts';

export const conversation = (key: string): Conversation => ({
  account: 'default',
  conversationKey: key,
});

export const aPlace = (key: string, more: Partial<Place> = {}): Place => ({
  ...conversation(key),
  tenantId: 'contoso',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  kind: 'personal',
  botId: '28:bot',
  channelId: 'msteams',
  ...more,
});

export const aDraft = (
  key: string,
  card: string,
  more: Partial<OutboxDraft> = {},
): OutboxDraft => ({ ...conversation(key), card, kind: 'post', payload: card, dueAt: 0, ...more });
