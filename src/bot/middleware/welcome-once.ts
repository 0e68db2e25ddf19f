import { LRUCache } from 'lru-cache';
import type { Middleware } from '../../core/turn.ts';

/** Teams tells an installation twice, as `installationUpdate` and as `membersAdded`: one welcome is enough. */
export const welcomeOnce = (): Middleware => (next) => {
  const welcomed = new LRUCache<string, true>({ max: 10_000 });
  return async (incoming, signal) => {
    if (incoming.kind !== 'installed' && incoming.kind !== 'removed') return next(incoming, signal);
    const { address, conversationKey } = incoming.scope;
    const key = JSON.stringify([address.tenantId, conversationKey]);
    if (incoming.kind === 'removed') welcomed.delete(key);
    else if (welcomed.has(key)) return undefined;
    else welcomed.set(key, true);
    return next(incoming, signal);
  };
};
