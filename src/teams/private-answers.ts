import { LRUCache } from 'lru-cache';
import type { Scope } from '../chat/turn.ts';
import type { Clock } from '../platform/clock.ts';
import type { Card, Messenger } from '../platform/messenger.ts';
import { upTo } from '../shared/up-to.ts';

interface Ports {
  readonly messenger: Pick<Messenger, 'post'>;
  readonly clock: Clock;
  /** False = never use Teams' targeted messages. */
  readonly privateAnswers: boolean;
}

export interface PrivateAnswers {
  /** Shows a card to the asker alone. False when Teams does not do that there, so that it must be posted for all. */
  post(scope: Scope, card: Card): Promise<boolean>;
}

/** Not every chat can have targeted messages; one that refused is asked again the next day. */
const refusedForMs = 24 * 3_600_000;
const mostRemembered = 10_000;

export const createPrivateAnswers = ({
  messenger,
  clock,
  privateAnswers,
}: Ports): PrivateAnswers => {
  const refused = new LRUCache<string, true>({
    ...upTo(mostRemembered),
    ttl: refusedForMs,
    // Otherwise the cache remembers the time for a moment, with a timer of its own.
    ttlResolution: 0,
    perf: { now: () => clock.now() },
  });
  return {
    post: async ({ address, conversationKey, person: { id, name } }, card) => {
      const key = JSON.stringify([address.tenantId, conversationKey]);
      if (!privateAnswers || refused.has(key)) return false;
      const posted = await messenger.post({ ...address, only: { id, name } }, card);
      // 400, 403, 404 and 405: it says nothing of the conversation, which may take messages for all.
      const declined = !posted.ok && (posted.reason === 'denied' || posted.reason === 'gone');
      if (declined) refused.set(key, true);
      return !declined;
    },
  };
};
