import type { Condition, Filter } from './filter.ts';

/**
 * The part of a filter that names agents, without what changes by itself. Who matched `is:online` or
 * `score<70` once is watched on by this part alone: it must not drop out at the very moment that
 * counts.
 */
export const stablePart = ({ anyOf }: Filter): Filter => ({
  anyOf: anyOf.map((terms) => terms.filter(({ condition }) => !isVolatile(condition))),
});

/** Whether the filter asks for anything that changes by itself. */
export const isStable = ({ anyOf }: Filter): boolean =>
  anyOf.every((terms) => terms.every(({ condition }) => !isVolatile(condition)));

const isVolatile = ({ by }: Condition): boolean => by === 'state' || by === 'score';
