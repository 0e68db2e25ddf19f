import { AppError } from '../core/errors.ts';
import { type KeptWatch, readWatch } from '../core/kept-watch.ts';
import type { Scope } from '../core/turn.ts';
import { isSameConversation } from './actor.ts';
import type { Needs } from './ports.ts';

type Watching = Needs<never, 'watches'>;

/** A watch of this conversation; what a button names may belong to another one, or be gone. */
export const findWatch =
  ({ store }: Watching) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const stored = await store.watches.find(id);
    const watch =
      stored !== undefined && isSameConversation(stored, scope) ? readWatch(stored) : undefined;
    if (watch === undefined) throw goneWatch();
    return watch;
  };

export const goneWatch = (): AppError =>
  new AppError('changed', 'watch is gone', {
    explanation: 'This watch has ended. Type “watches” to see those that there are.',
  });
