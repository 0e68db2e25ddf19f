/** What is usual is read from the same hour of so many days before. */
export const usualDays = 14;
/** Of fewer days nothing is said. */
export const leastDays = 5;
/** An hour of which less is known does not count, in minutes. */
export const leastMinutes = 15;
/** In points: less is no news, however steady a target usually is. */
export const leastDrop = 10;
/** A score that usually goes up and down has to fall further. */
const spreads = 3;
/** Makes the median deviation of many small causes what is called the standard one. */
const perDeviation = 1.4826;

/** What the score of a session usually is at one hour of the day. */
export interface UsualScore {
  /** The median of the days, 0–100. */
  readonly score: number;
  /** A score at or under this is worse than usual. */
  readonly worse: number;
  /** How many days it is known from. */
  readonly days: number;
}

/** From the mean scores of the same hour on several days; nothing where they are too few. */
export const usualScore = (means: readonly number[]): UsualScore | undefined => {
  if (means.length < leastDays) return undefined;
  const score = medianOf(means);
  const deviation = medianOf(means.map((mean) => Math.abs(mean - score)));
  const drop = Math.max(leastDrop, spreads * perDeviation * deviation);
  return { score, worse: score - drop, days: means.length };
};

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
};
