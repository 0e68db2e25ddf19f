import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { upTo } from '../../shared/up-to.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';

interface Pace {
  /** How many at once. */
  readonly burst: number;
  /** How many more each second. */
  readonly perSecond: number;
}

export type Paces = Readonly<Record<'person' | 'conversation' | 'refresh' | 'search', Pace>>;

interface Bucket {
  tokens: number;
  filledAt: number;
  /** The friendly answer was given since it was last full enough. */
  warned: boolean;
}

/**
 * Far above what hands can do, even those of a whole channel during an outage: Teams' own limits make
 * the bot wait with its answers long before.
 */
export const paces = {
  person: { burst: 60, perSecond: 2 },
  conversation: { burst: 180, perSecond: 6 },
  refresh: { burst: 120, perSecond: 10 },
  search: { burst: 60, perSecond: 10 },
} as const satisfies Paces;

const mostKept = 10_000;

type Taken = 'taken' | 'first refusal' | 'refused';

const createBuckets = ({ burst, perSecond }: Pace, clock: Clock) => {
  const buckets = new LRUCache<string, Bucket>(upTo(mostKept));
  return (key: string): Taken => {
    const now = clock.monotonic();
    const { tokens, filledAt, warned } = buckets.get(key) ?? {
      tokens: burst,
      filledAt: now,
      warned: false,
    };
    const filled = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
    const taken = filled >= 1;
    // A trickle of single tokens must not bring one friendly answer after each.
    const stillWarned = warned && filled < burst / 2;
    buckets.set(key, {
      tokens: taken ? filled - 1 : filled,
      filledAt: now,
      warned: stillWarned || !taken,
    });
    if (taken) return 'taken';
    return stillWarned ? 'refused' : 'first refusal';
  };
};

/**
 * Bounds what one person, and one conversation, can ask: past it one friendly answer, then silence until
 * the rest has caught up. What clients ask by themselves is counted apart, and only ever left out.
 */
export const rateLimit =
  (clock: Clock, { person, conversation, refresh, search }: Paces = paces): Middleware =>
  (next) => {
    const byPerson = createBuckets(person, clock);
    const byConversation = createBuckets(conversation, clock);
    const refreshes = createBuckets(refresh, clock);
    const searches = createBuckets(search, clock);

    const take = (incoming: Incoming): Taken => {
      switch (incoming.kind) {
        case 'search':
        case 'link':
        case 'message-action':
          return searches(personKey(incoming.scope));
        case 'action':
          if (incoming.trigger === 'automatic')
            return refreshes(conversationKey(incoming.scope)) === 'taken' ? 'taken' : 'refused';
          return takeBoth(incoming.scope);
        case 'command':
          return takeBoth(incoming.scope);
        case 'installed':
        case 'removed':
        case 'ignored':
          return 'taken';
        default:
          return incoming satisfies never;
      }
    };

    const takeBoth = (scope: Scope): Taken => {
      const taken = byPerson(personKey(scope));
      return taken === 'taken' ? byConversation(conversationKey(scope)) : taken;
    };

    return async (incoming, signal) => {
      const taken = take(incoming);
      if (taken === 'taken') return next(incoming, signal);
      if (taken === 'refused' || isExtension(incoming)) return undefined;
      throw refusal('busy', 'too-many-at-once');
    };
  };

/** Asked from what somebody writes or reads: a friendly answer has no place there. */
const isExtension = ({ kind }: Incoming): boolean =>
  kind === 'search' || kind === 'link' || kind === 'message-action';

const personKey = ({ address, person }: Scope): string =>
  JSON.stringify([address.tenantId, person.objectId ?? person.id]);

const conversationKey = ({ address, conversationKey: key }: Scope): string =>
  JSON.stringify([address.tenantId, key]);
