/** As many samples as Nagios looks back on. */
export const flapWindow = 21;

/** Shares of the window's changes, as in Nagios: flapping begins at the one and ends below the other. */
const highShare = 0.5;
const lowShare = 0.25;

/** The last samples, oldest first, one letter each: `b` bad, `g` good. */
export type FlapHistory = string;

export const goodAllAlong: FlapHistory = 'g'.repeat(flapWindow);

export const remember = (history: FlapHistory, bad: boolean): FlapHistory =>
  (history + (bad ? 'b' : 'g')).slice(-flapWindow);

/** How often it went from good to bad or back. */
export const changesIn = (history: FlapHistory): number => {
  let changes = 0;
  for (let i = 1; i < history.length; i += 1) if (history[i] !== history[i - 1]) changes += 1;
  return changes;
};

/** A history that is not full yet counts as if it had been steady before. */
export const isFlapping = (history: FlapHistory, flapping: boolean): boolean =>
  changesIn(history) / (flapWindow - 1) >= (flapping ? lowShare : highShare);
