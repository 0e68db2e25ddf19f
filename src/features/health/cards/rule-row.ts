import { counted } from '../../../ui/rich-text.ts';
import { rulesText } from '../../diagnosis/cards/rules.ts';
import { isSilent } from '../../diagnosis/domain/verdicts.ts';
import type { RuleAnswers } from '../../diagnosis/store.ts';
import { row } from './row.ts';

/** That a rule is silent hurts nobody: it is no trouble. */
export const ruleRows = ({ rules = [] }: { readonly rules?: readonly RuleAnswers[] }) => {
  if (rules.length === 0) return [];
  const silent = rules.filter(isSilent).length;
  const answers = rules.reduce((sum, one) => sum + one.answers, 0);
  const state = silent === 0 ? counted(answers, 'answer') : `${silent} silent`;
  return [row('Causes called right', true, state, rulesText(rules))];
};
