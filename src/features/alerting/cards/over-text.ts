import { sentenceCase } from '../../../shared/text.ts';
import { measuredText } from '../../watches/domain/limits.ts';
import type { Over, Shown } from '../domain/alert-state.ts';

const overPart = ({ what, value, limit }: Over): string =>
  `${what} ${measuredText(what, value)} (limit ${limit})`;

/** `Latency 182 ms (limit 150)`; empty where no limit is exceeded. */
export const overText = ({ over = [] }: Shown): string =>
  sentenceCase(over.map(overPart).join(', '));

/** `Score 71, usually 92 at this hour`; empty where that is not why. */
export const usualText = ({ score, usual }: Shown): string =>
  usual === undefined || score === undefined
    ? ''
    : `Score ${Math.round(score)}, usually ${usual.score} at this hour`;

/** By its word nothing is wrong, but usually it is better. */
export const isWorseAlone = (shown: Shown | undefined): boolean =>
  shown?.usual !== undefined && shown.word !== 'poor';

/** Nothing but a limit is wrong. */
export const isOverAlone = (shown: Shown | undefined): boolean =>
  shown?.word === 'unknown' && shown.over !== undefined;

/** `over its limits of latency and loss`. */
export const overWords = ({ over = [] }: Shown): string =>
  `over its ${over.length === 1 ? 'limit' : 'limits'} of ${over.map(({ what }) => what).join(' and ')}`;
