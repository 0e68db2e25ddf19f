import { LRUCache } from 'lru-cache';
import type { Accounts } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Installation, Installations, Place } from '../../platform/conversation.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { upTo } from '../../shared/up-to.ts';
import { personIdOf } from '../person.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';
import type { WithoutStore } from './without-store.ts';

interface Collections {
  readonly installations: Installations;
  readonly outbox: Pick<Outbox, 'revive'>;
}

interface Ports {
  readonly store: Collections & Transactional<Collections>;
  readonly accounts: Pick<Accounts, 'list'>;
  readonly clock: Clock;
  /** Whether a notification that could not arrive is still worth sending, by its payload. */
  readonly lasts: (payload: unknown) => boolean;
  readonly withoutStore: WithoutStore;
}

const removed = 'the bot was removed';

/** Each is a short text. */
const mostPeople = 10_000;

/**
 * Stores the address of every conversation that the bot hears from, and gives who sent no time zone the last one that
 * is known of them. A channel's own zone is that of who made something there that notifies it: whoever types there
 * else must not move its alerts.
 */
export const rememberConversation = (ports: Ports): Middleware => {
  const { store, withoutStore } = ports;
  const zones = new LRUCache<string, string>(upTo(mostPeople));

  const zoneOf = async (scope: Scope): Promise<string | undefined> =>
    zones.get(personKey(scope)) ??
    (await withoutStore('installations', () => store.installations.find(scope), undefined))
      ?.timeZone;

  const withZone = async <I extends Spoken>(incoming: I): Promise<I> => {
    const { zoneUnknown, ...scope } = incoming.scope;
    if (zoneUnknown !== true) {
      if (scope.person.id !== '') zones.set(personKey(scope), scope.timeZone);
      return incoming;
    }
    const timeZone = await zoneOf(scope);
    return timeZone === undefined ? incoming : { ...incoming, scope: { ...scope, timeZone } };
  };

  return (next) => async (incoming, signal) => {
    const heard = isSpoken(incoming) ? await withZone(incoming) : incoming;
    await withoutStore('installations', () => remember(ports, heard), undefined);
    const reply = await next(heard, signal);
    if (isSpoken(heard) && reply?.kind === 'card' && reply.setsZone === true)
      await withoutStore('installations', () => refresh(ports, zonedPlace(heard.scope)), undefined);
    return reply;
  };
};

type Spoken = Extract<Incoming, { readonly kind: 'command' | 'action' | 'installed' }>;

const isSpoken = (incoming: Incoming): incoming is Spoken =>
  incoming.kind === 'command' || incoming.kind === 'action' || incoming.kind === 'installed';

const personKey = ({ address, person }: Scope): string =>
  JSON.stringify([address.tenantId, person.objectId ?? person.id]);

const remember = async (ports: Ports, incoming: Incoming): Promise<void> => {
  switch (incoming.kind) {
    case 'command':
      return refresh(ports, heardFrom(incoming.scope));
    case 'installed':
      await refresh(ports, heardFrom(incoming.scope));
      return reviveTeam(ports, incoming.scope);
    case 'action':
      return refresh(
        ports,
        incoming.trigger === 'manual' ? heardFrom(incoming.scope) : placeOf(incoming.scope),
      );
    case 'removed':
      return ports.store.installations.markDead(incoming.scope, removed);
    // A message extension is used where the bot is no member.
    case 'search':
    case 'link':
    case 'message-action':
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
const reviveTeam = async (ports: Ports, { address }: Scope): Promise<void> => {
  if (address.kind !== 'channel') return;
  // Its channels may see different accounts.
  const places: Installation[] = [];
  for (const { name } of ports.accounts.list())
    places.push(...(await ports.store.installations.list(name)));
  for (const place of places) {
    const isLost = place.state === 'dead' && place.deadReason !== removed;
    if (isLost && place.kind === 'channel' && place.tenantId === address.tenantId)
      await revive(ports, place);
  }
};

const bringsNews = (place: Place, known: Installation): boolean => {
  const before: Readonly<Record<string, unknown>> = { ...known };
  return Object.entries(place).some(([field, value]) => value !== before[field]);
};

/** In a 1:1 chat its person's language and zone are those of the conversation. */
const heardFrom = (scope: Scope): Place =>
  scope.address.kind === 'personal' ? zonedPlace(scope) : placeOf(scope);

const zonedPlace = (scope: Scope): Place => ({
  ...placeOf(scope),
  locale: scope.locale,
  ...optional('timeZone', scope.zoneUnknown === true ? undefined : scope.timeZone),
});

/** A refresh that a client made by itself says nothing about how to write to it. */
const placeOf = (scope: Scope): Place => {
  const { account, conversationKey, address, person } = scope;
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
    ...(kind === 'personal'
      ? { personId: personIdOf(scope), ...optional('label', person.name || undefined) }
      : {}),
  };
};
