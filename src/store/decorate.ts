import type { SessionMemory } from '../features/fleet/store.ts';
import type { Installations } from '../platform/conversation.ts';
import type { Logger } from '../platform/log.ts';
import type { Store } from '../platform/store.ts';
import { cachedInstallations } from './cached-installations.ts';
import { withFallback } from './session-memory.ts';

interface Options {
  /** Whether no other process writes to the database. */
  readonly alone: boolean;
  readonly log: Logger;
}

/**
 * The store as a running bot uses it. `sessions` stands beside the store: a turn goes on without the
 * stored sessions, a poll must not.
 */
export const decorate = <
  C extends { readonly installations: Installations; readonly sessions: SessionMemory },
>(
  store: Store<C>,
  { alone, log }: Options,
): { readonly store: Store<C>; readonly sessions: SessionMemory } => ({
  store: alone ? cachedInstallations(store) : store,
  sessions: withFallback(store.sessions, log),
});
