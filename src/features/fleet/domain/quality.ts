import type { QualityWord, Reading } from '../../../platform/agent.ts';
import type { SessionView } from './session-view.ts';

const badness: Readonly<Record<QualityWord, number>> = { poor: 0, fair: 1, unknown: 2, good: 3 };

/** Sorts the worst reading first: by word, then by score. */
export const byWorstReading = (
  a: Pick<Reading, 'word' | 'score'>,
  b: Pick<Reading, 'word' | 'score'>,
): number => badness[a.word] - badness[b.word] || (a.score ?? 100) - (b.score ?? 100);

/**
 * Old readings say nothing about now, and nor do those of a time to come, which some clock made wrong; one
 * without a date counts as old. The only idea of fresh: alerts and cards both ask it. Ages in ms.
 */
export const isStale = (reading: Reading, now: number, staleAfterMs: number): boolean =>
  reading.measuredAt === undefined || Math.abs(now - reading.measuredAt) > staleAfterMs;

/** A reading older than five minutes and three polls, whichever is longer, is stale (contract, Watches). */
export const staleAfterMs = (pollSeconds: number): number =>
  Math.max(5 * 60_000, 3 * pollSeconds * 1000);

/** The reading that stands for a session: its expected quality's, else its worst fresh one, else its worst. */
export const shownReading = ({ readings }: Pick<SessionView, 'readings'>): Reading | undefined =>
  readings[0];

export const byStatusReading = (
  readings: readonly Reading[],
  expectedId: string | undefined,
  fresh: (reading: Reading) => boolean,
): readonly Reading[] => {
  const statusWord = statusReading(readings, expectedId, fresh);
  return statusWord === undefined || statusWord === readings[0]
    ? readings
    : [statusWord, ...readings.filter((one) => one !== statusWord)];
};

/** The reading that represents a session, of all that its status has. */
export const statusReading = (
  readings: readonly Reading[],
  expectedId: string | undefined,
  fresh: (reading: Reading) => boolean,
): Reading | undefined => {
  const expected = readings.find(({ definitionId }) => definitionId === expectedId);
  if (expected !== undefined) return expected;
  // A definition that is no longer measured must not hide those that are.
  const measured = readings.some(fresh) ? readings.filter(fresh) : readings;
  return measured.toSorted(byWorstReading)[0];
};
