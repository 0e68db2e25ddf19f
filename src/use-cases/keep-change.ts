import type { Change } from '../core/change.ts';
import { asAppError } from '../core/errors.ts';
import type { UseCasePorts } from './ports.ts';

/**
 * Keeps a change for an undo and gives its id. It has worked by then, so a store that fails must not
 * hide it: there is just no way to take it back.
 */
export const keepChange =
  ({ changes, log }: Pick<UseCasePorts, 'changes' | 'log'>) =>
  async (change: Change): Promise<string | undefined> => {
    try {
      await changes.add(change);
      return change.id;
    } catch (error) {
      log.warn('change not kept for an undo', { code: asAppError(error).code });
      return undefined;
    }
  };
