import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Roster } from '../chat/person.ts';
import type { Scope } from '../chat/turn.ts';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { RateLimiter } from '../platform/messenger.ts';
import { normalizeId } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { upTo } from '../shared/up-to.ts';
import { type Connector, ConnectorError } from './connector.ts';

interface Ports {
  readonly connector: Connector;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
}

const storedMs = 3_600_000;
const mostStored = 10_000;
const timeoutMs = 3000;

const Listed = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  userRole: z.string().optional(),
  userPrincipalName: z.string().optional(),
  email: z.string().nullish(),
  tenantId: z.string().nullish(),
});

/**
 * Anonymous participants of a meeting are strangers to the tenant no less than guests are. So are people of
 * another tenant in a shared channel: their activities carry the tenant of the channel's host, and only the
 * roster says where they belong.
 */
const isGuest = (
  { userRole, userPrincipalName, tenantId }: z.infer<typeof Listed>,
  { address }: Pick<Scope, 'address'>,
): boolean =>
  ['guest', 'anonymous'].includes(userRole?.toLowerCase() ?? '') ||
  (userPrincipalName ?? '').toUpperCase().includes('#EXT#') ||
  (Boolean(tenantId) && normalizeId(tenantId ?? '') !== normalizeId(address.tenantId));

const keyOf = ({ address, person }: Scope): string =>
  `${address.tenantId} ${person.objectId ?? person.id}`;

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof ConnectorError && error.statusCode === status;

/** Asks the conversation's roster; whether somebody is a guest, at most once an hour for each person. */
export const createRoster = ({ connector, rateLimiter, clock }: Ports): Roster => {
  const guests = new LRUCache<string, Promise<boolean>>({
    ...upTo(mostStored),
    ttl: storedMs,
    // Otherwise the cache remembers the time for a moment, with a timer of its own.
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });

  const ask = async (
    { address }: Pick<Scope, 'address'>,
    id: string,
  ): Promise<z.infer<typeof Listed>> => {
    const { serviceUrl, conversationId } = address;
    const path = [conversationId, 'members', id];
    const slot = await rateLimiter.enter(address, { reads: true });
    const call = connector({ method: 'GET', serviceUrl, path, timeoutMs, slot });
    return Listed.parse(await call.finally(slot.over));
  };

  const askAboutGuest = async (scope: Scope): Promise<boolean> => {
    try {
      return isGuest(await ask(scope, scope.person.id), scope);
    } catch (error) {
      throw unreadable(error);
    }
  };

  return {
    isGuest: async (scope) => {
      const key = keyOf(scope);
      const before = guests.get(key);
      if (before !== undefined) return before;
      const guest = askAboutGuest(scope);
      guests.set(key, guest);
      try {
        return await guest;
      } catch (error) {
        guests.delete(key);
        throw error;
      }
    },
    find: async (scope, id) => {
      try {
        const found = await ask(scope, id);
        const objectId = found.aadObjectId ?? found.objectId;
        return {
          ...optional('objectId', objectId),
          ...optional('teamsId', found.id),
          name: found.name ?? '',
          addresses: [found.userPrincipalName, found.email].filter(
            (one) => typeof one === 'string',
          ),
          guest: isGuest(found, scope),
        };
      } catch (error) {
        if (hasStatus(error, 404)) return undefined;
        throw unreadable(error);
      }
    },
  };
};

const unreadable = (cause: unknown): AppError =>
  new AppError('roster-unreadable', 'the roster could not be read', { cause });
