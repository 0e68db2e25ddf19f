import type { Reading } from '../../../platform/agent.ts';
import type { UsualScore } from '../../history/domain/usual-score.ts';
import type { Observation, Shown, UsualShown } from './alert-state.ts';

/** A score must rise this far above where it began to be worse: the gap between the two thresholds. */
const clearGap = 5;

type Scored = Pick<Reading, 'word' | 'score'>;

/** How a score is by what is usual at this hour; nothing where nobody knows. */
export const verdictByUsual = (
  { word, score }: Scored,
  usual: Pick<UsualScore, 'score' | 'worse'> | undefined,
): Observation['verdict'] | undefined => {
  if (usual === undefined || score === undefined || word === 'unknown') return undefined;
  if (score <= usual.worse) return 'bad';
  return score >= usual.worse + clearGap ? 'good' : 'between';
};

/**
 * At an hour of which nothing is known an open problem ends by what was usual when it began: nobody else would end it.
 * Nothing is bad by it.
 */
export const endsByUsual = (scored: Scored, told: Shown | undefined): 'good' | undefined =>
  verdictByUsual(scored, told?.usual) === 'good' ? 'good' : undefined;

/** Rounded, as people read it. */
export const usualShown = ({ score, worse }: UsualScore): UsualShown => ({
  score: Math.round(score),
  worse: Math.round(10 * worse) / 10,
});
