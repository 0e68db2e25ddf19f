import type { Installation, Installations, Place } from '../../platform/conversation.ts';
import { optional } from '../../shared/optional.ts';
import { personIdOf } from '../person.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';
import type { WithoutStore } from './without-store.ts';

interface Ports {
  readonly store: { readonly installations: Installations };
  readonly withoutStore: WithoutStore;
}

/** Stores the address of every conversation that the bot hears from. */
export const rememberConversation =
  ({ store, withoutStore }: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    await withoutStore('installations', () => remember(store, incoming), undefined);
    return next(incoming, signal);
  };

const remember = async (store: Ports['store'], incoming: Incoming): Promise<void> => {
  switch (incoming.kind) {
    case 'command':
    case 'installed':
      return refresh(store, placeOf(incoming.scope, true));
    case 'action':
      return refresh(store, placeOf(incoming.scope, incoming.trigger === 'manual'));
    case 'removed':
      return store.installations.markDead(incoming.scope, 'the bot was removed');
    // A message extension is used where the bot is no member.
    case 'search':
    case 'ignored':
      return undefined;
    default:
      return incoming satisfies never;
  }
};

/** Few turns bring news of their conversation, and a look takes a fifth of a write. */
const refresh = async ({ installations }: Ports['store'], place: Place): Promise<void> => {
  const known = await installations.find(place);
  if (known?.state !== 'alive' || bringsNews(place, known)) await installations.refresh(place);
};

const bringsNews = (place: Place, known: Installation): boolean => {
  const before = new Map<string, unknown>(Object.entries(known));
  return Object.entries(place).some(([field, value]) => value !== before.get(field));
};

/** A refresh that a client made by itself says nothing about whom to write to, and how. */
const placeOf = (scope: Scope, byHand: boolean): Place => {
  const { account, conversationKey, address, person, locale, timeZone } = scope;
  const { tenantId, serviceUrl, kind, botId, botName, channelId } = address;
  return {
    account,
    conversationKey,
    tenantId,
    serviceUrl,
    kind,
    botId,
    channelId,
    ...optional('botName', botName),
    ...(byHand ? { locale, timeZone } : {}),
    ...(kind === 'personal'
      ? { personId: personIdOf(scope), ...optional('label', person.name || undefined) }
      : {}),
  };
};
