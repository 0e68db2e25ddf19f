import { parseFilter } from '../core/filter.ts';

/** Throws 'bad-input' for a filter that cannot be kept. */
export const requireReadable = (filter: string): void => {
  parseFilter(filter);
};
