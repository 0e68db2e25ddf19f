import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';

/** Does work that needs the store, or gives the other value while the store is out of reach. */
export type WithoutStore = <T>(name: string, work: () => Promise<T>, otherwise: T) => Promise<T>;

/** A store that is down must not stop what needs no store. It is logged once, until all of it works again. */
export const createWithoutStore = (log: Logger): WithoutStore => {
  const failing = new Set<string>();
  return async (name, work, otherwise) => {
    try {
      const result = await work();
      failing.delete(name);
      return result;
    } catch (error) {
      if (failing.size === 0) log.error('store.unreachable', { code: asAppError(error).code });
      failing.add(name);
      return otherwise;
    }
  };
};
