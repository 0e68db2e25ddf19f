import { type KeptWatch, readWatch } from '../core/kept-watch.ts';
import type { Scope } from '../core/turn.ts';
import { conversationOf } from './actor.ts';
import type { Needs } from './ports.ts';

/** The watches of this conversation, by number. */
export const watchesHere =
  ({ store }: Needs<never, 'watches'>) =>
  async (scope: Scope): Promise<readonly KeptWatch[]> =>
    (await store.watches.list(conversationOf(scope))).flatMap((stored) => readWatch(stored) ?? []);
