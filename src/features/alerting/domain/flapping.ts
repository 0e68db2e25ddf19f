/** The number of samples that Nagios uses to detect flapping. */
export const flapWindow = 21;

/**
 * Shares of changes within the window, as in Nagios: flapping begins at the high one and ends below
 * the low one.
 */
const highShare = 0.5;
const lowShare = 0.25;

/** The last samples, oldest first, one letter each: `b` bad, `g` good. */
export type FlapHistory = string;

export const goodAllAlong: FlapHistory = 'g'.repeat(flapWindow);

export const remember = (history: FlapHistory, bad: boolean): FlapHistory =>
  (history + (bad ? 'b' : 'g')).slice(-flapWindow);

export const changesIn = (history: FlapHistory): number => {
  let changes = 0;
  for (let i = 1; i < history.length; i += 1) if (history[i] !== history[i - 1]) changes += 1;
  return changes;
};

/**
 * Divides by the whole window, so that a short history counts as steady before its first sample.
 */
export const isFlapping = (history: FlapHistory, flapping: boolean): boolean =>
  changesIn(history) / (flapWindow - 1) >= (flapping ? lowShare : highShare);
