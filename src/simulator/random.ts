/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

/** The same seed gives the same numbers (mulberry32). */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const between = (random: Random, low: number, high: number): number =>
  low + random() * (high - low);

export const wholeBetween = (random: Random, low: number, high: number): number =>
  Math.floor(between(random, low, high + 1));

/** Shaped like the ids of PingPlotter Cloud. */
export const randomId = (random: Random): string =>
  '00000000-0000-4000-8000-000000000000'.replace(/0/g, () =>
    wholeBetween(random, 0, 15).toString(16),
  );
