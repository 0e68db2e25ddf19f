import type { ScoreSummary } from './score-summary.ts';
import { goodShare, lossOf, type TraceSummary } from './trace-summary.ts';

interface Known {
  readonly trace?: TraceSummary;
  readonly scores: ScoreSummary;
}

/** The share of bad time, by packets where there are any, else by words; -1 = nothing is known. */
export const badShare = ({ trace, scores }: Known): number => {
  const good = trace && goodShare(trace);
  if (good !== undefined) return 1 - good;
  return scores.measuredMs === 0 ? -1 : scores.poorMs / scores.measuredMs;
};

/** The worst first; of equal ones who lost more packets, then who was Fair for longer. */
export const byWorstTarget = (a: Known, b: Known): number =>
  badShare(b) - badShare(a) ||
  loss(b) - loss(a) ||
  b.scores.fairMs - a.scores.fairMs ||
  (a.scores.mean ?? 101) - (b.scores.mean ?? 101);

const loss = ({ trace }: Known): number => (trace && lossOf(trace)) ?? 0;
