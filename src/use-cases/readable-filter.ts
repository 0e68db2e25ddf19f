import { AppError } from '../core/errors.ts';
import { parseFilter } from '../core/filter.ts';

/** Every sweep tries it on the whole fleet, and every list shows it. */
const longest = 500;

/** Throws 'bad-input' for a filter that cannot be kept. */
export const requireReadable = (filter: string): void => {
  if (filter.length > longest)
    throw new AppError('bad-input', 'a filter that is too long', {
      explanation: `A filter may have ${longest} characters at most.`,
    });
  parseFilter(filter);
};
