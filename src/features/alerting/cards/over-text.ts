import { measuredText } from '../../watches/domain/limits.ts';
import type { Over, Shown } from '../domain/alert-state.ts';

const overPart = ({ what, value, limit }: Over): string =>
  `${what} ${measuredText(what, value)} (limit ${limit})`;

/** `Latency 182 ms (limit 150)`; empty where no limit is exceeded. */
export const overText = ({ over = [] }: Shown): string => {
  const text = over.map(overPart).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Nothing but a limit is wrong. */
export const isOverAlone = (shown: Shown | undefined): boolean =>
  shown?.word === 'unknown' && shown.over !== undefined;

/** `over its limits of latency and loss`. */
export const overWords = ({ over = [] }: Shown): string =>
  `over its ${over.length === 1 ? 'limit' : 'limits'} of ${over.map(({ what }) => what).join(' and ')}`;
