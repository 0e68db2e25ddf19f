import type { Clock } from '../../platform/clock.ts';
import type { Installation, Installations, Place } from '../../platform/conversation.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { personIdOf } from '../person.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';
import type { WithoutStore } from './without-store.ts';

interface Collections {
  readonly installations: Installations;
  readonly outbox: Pick<Outbox, 'revive'>;
}

interface Ports {
  readonly store: Collections & Transactional<Collections>;
  readonly clock: Clock;
  /** Whether a notification that could not arrive is still worth sending, by its payload. */
  readonly lasts: (payload: unknown) => boolean;
  readonly withoutStore: WithoutStore;
}

const removed = 'the bot was removed';

/** Stores the address of every conversation that the bot hears from. */
export const rememberConversation =
  (ports: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    await ports.withoutStore('installations', () => remember(ports, incoming), undefined);
    return next(incoming, signal);
  };

const remember = async (ports: Ports, incoming: Incoming): Promise<void> => {
  switch (incoming.kind) {
    case 'command':
      return refresh(ports, placeOf(incoming.scope, true));
    case 'installed':
      await refresh(ports, placeOf(incoming.scope, true));
      return reviveTeam(ports, incoming.scope);
    case 'action':
      return refresh(ports, placeOf(incoming.scope, incoming.trigger === 'manual'));
    case 'removed':
      return ports.store.installations.markDead(incoming.scope, removed);
    // A message extension is used where the bot is no member.
    case 'search':
    case 'ignored':
      return undefined;
    default:
      return incoming satisfies never;
  }
};

/** Few turns bring news of their conversation, and a look takes a fifth of a write. */
const refresh = async (ports: Ports, place: Place): Promise<void> => {
  const { installations } = ports.store;
  const known = await installations.find(place);
  if (known?.state === 'dead') await revive(ports, place);
  else if (known === undefined || bringsNews(place, known)) await installations.refresh(place);
};

/** What could not arrive there meanwhile is sent now, in its newest state. */
const revive = ({ store, clock, lasts }: Ports, place: Place): Promise<void> =>
  store.transaction(async (tx) => {
    await tx.installations.refresh(place);
    await tx.outbox.revive(place, lasts, clock.now());
  });

/**
 * A team that the bot was added to again says so in one of its channels only, and no channel says which team it
 * is of. So every channel of the tenant that Teams took the bot from is tried once more: where the bot is still
 * no member, Teams says so again.
 */
const reviveTeam = async (ports: Ports, { account, address }: Scope): Promise<void> => {
  if (address.kind !== 'channel') return;
  const places = await ports.store.installations.list(account);
  for (const place of places) {
    const isLost = place.state === 'dead' && place.deadReason !== removed;
    if (isLost && place.kind === 'channel' && place.tenantId === address.tenantId)
      await revive(ports, place);
  }
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
