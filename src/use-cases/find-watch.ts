import { AppError } from '../core/errors.ts';
import { type KeptWatch, readWatch } from '../core/kept-watch.ts';
import { mayAct } from '../core/role.ts';
import type { Scope } from '../core/turn.ts';
import type { StoredWatch } from '../core/watch-stores.ts';
import { isSameConversation, personIdOf } from './actor.ts';
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

/** In a 1:1 chat everybody has their own; elsewhere operators change watches, and who made them. */
export const requireOwnWatch = (scope: Scope, { madeBy }: Pick<StoredWatch, 'madeBy'>): void => {
  if (scope.address.kind === 'personal' || mayAct(scope.role, 'operator')) return;
  if (madeBy.id === personIdOf(scope)) return;
  throw new AppError('not-allowed', 'watch of somebody else', {
    explanation: `This watch was made by ${madeBy.name}: they, or somebody with the role operator, can change it.`,
  });
};

export const goneWatch = (): AppError =>
  new AppError('changed', 'watch is gone', {
    explanation: 'This watch has ended. Type “watches” to see those that there are.',
  });
