import type { AppError } from '../platform/errors.ts';
import type { Card, CardView } from '../platform/messenger.ts';
import { executePress, type Press, type Verb } from './action.ts';
import { template } from './card.ts';
import source from './error.json' with { type: 'json' };
import { plain } from './escape.ts';
import { sentences } from './explanations/codes.ts';
import { titles } from './explanations/titles.ts';
import { run } from './rich-text.ts';

export interface ErrorModel {
  readonly error: AppError;
  /** Where to go on: what may be repeated without harm, or what shows the current state. */
  readonly retry?: Press;
}

const fill = template(source);

export const errorCard: CardView<ErrorModel> = ({ error, retry }): Card => {
  const { title: titleOfCode, sentence } = sentences[error.code];
  const { reason } = error.detail;
  const title = (reason && titles[reason.name]) ?? titleOfCode;
  const text = plain(sentence(error.detail), 500);
  return fill(
    {
      title,
      sentence: [run(text)],
      actions: [
        ...(retry === undefined ? [] : [executePress(wayTitles[retry.verb] ?? 'Try again', retry)]),
      ],
    },
    `${title}: ${text}`,
  );
};

/** After a failed change the way on is a look, and after a slip the help: these do not promise another try. */
const wayTitles: Partial<Record<Verb, string>> = {
  'agent.show': 'Show agent',
  'agents.page': 'Show list',
  'command.run': 'How to type it',
};
