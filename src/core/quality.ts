/** PingPlotter's own word for a reading; it is never derived from the score. */
export type QualityWord = 'good' | 'fair' | 'poor' | 'unknown';

/** One session measured by one quality definition. */
export interface Reading {
  readonly definitionId: string;
  readonly word: QualityWord;
  /** 0–100, higher is better. */
  readonly score?: number | undefined;
  /** ms since 1970 */
  readonly measuredAt?: number | undefined;
}

const badness: Readonly<Record<QualityWord, number>> = { poor: 0, fair: 1, unknown: 2, good: 3 };

/** Sorts the worst reading first: by word, then by score. */
export const worstFirst = (
  a: Pick<Reading, 'word' | 'score'>,
  b: Pick<Reading, 'word' | 'score'>,
): number => badness[a.word] - badness[b.word] || (a.score ?? 100) - (b.score ?? 100);

/** Old readings tell nothing about now; one without a date counts as old. Ages in ms. */
export const isStale = (reading: Reading, now: number, staleAfterMs: number): boolean =>
  reading.measuredAt === undefined || now - reading.measuredAt > staleAfterMs;

/** A reading older than five minutes and three sweeps, whichever is longer, is stale (contract, Watches). */
export const staleAfterMs = (pollSeconds: number): number =>
  Math.max(5 * 60_000, 3 * pollSeconds * 1000);
