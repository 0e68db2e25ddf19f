import type { Clock } from '../../platform/clock.ts';
import type { Installation, Place } from '../../platform/conversation.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Store } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { personIdOf } from '../person.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';
import { isNew, repeated } from './dedupe.ts';

export interface Ports {
  readonly store: Pick<Store, 'installations' | 'seenActivities'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of a text that was typed: whether it asks for something that changes nothing. */
  readonly looksOnly: (text: string) => boolean;
}

/**
 * Keeps the address of every conversation that the bot hears from, and lets no activity change anything
 * twice, not even after a restart. A store that is down must not stop what needs no store.
 */
export const keepInTouch =
  (ports: Ports): Middleware =>
  (next) => {
    let down = false;
    const isFresh = async (incoming: Incoming): Promise<boolean> => {
      try {
        await remember(ports, incoming);
        const fresh = await isNew(ports, incoming);
        down = false;
        return fresh;
      } catch (error) {
        if (!down) ports.log.error('store out of reach', { code: asAppError(error).code });
        down = true;
        return true;
      }
    };
    return async (incoming, signal) =>
      (await isFresh(incoming)) ? next(incoming, signal) : repeated(incoming);
  };

const remember = async ({ store }: Ports, incoming: Incoming): Promise<void> => {
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

/** What a client did by itself says nothing of whom to write to, and how. */
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
