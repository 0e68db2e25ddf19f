import type { Reason, ReasonName, Reasons } from '../../platform/reasons.ts';
import { accounts } from './accounts.ts';
import { changes } from './changes.ts';
import { conversation } from './conversation.ts';
import { people } from './people.ts';
import { schedules } from './schedules.ts';
import { typedText } from './typed.ts';

/** The sentence of each reason: what happened, and what to do. It may quote text from outside. */
export type Explanations = { readonly [R in ReasonName]: (facts: Reasons[R]) => string };

const explanations: Explanations = {
  ...typedText,
  ...changes,
  ...conversation,
  ...people,
  ...accounts,
  ...schedules,
};

export const explain = (reason: Reason): string => sentenceOf(reason.name, reason.facts);

const sentenceOf = <R extends ReasonName>(name: R, facts: Reasons[R]): string => {
  const explanation: Explanations[R] = explanations[name];
  return explanation(facts);
};
