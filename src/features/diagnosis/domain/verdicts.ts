import type { RuleAnswers } from '../store.ts';

/** So many answers judge a rule, and a smaller share of right ones silences it (issue 17). */
const judging = 20;
const rightShare = 0.7;

/** Answers count for so long: what is silent gets no new ones, and speaks again when the old ones have served their time. */
export const answersCountMs = 90 * 24 * 60 * 60_000;

export const isSilent = ({ right, answers }: RuleAnswers): boolean =>
  answers >= judging && right < answers * rightShare;

/** Rules that name no cause any more. */
export const silentRules = (all: readonly RuleAnswers[]): ReadonlySet<string> =>
  new Set(all.filter(isSilent).map(({ rule }) => rule));
