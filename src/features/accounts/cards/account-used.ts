import type { Card, CardView } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';

export interface AccountUsedModel {
  readonly name: string;
  /** False where it was used already. */
  readonly isNew: boolean;
}

/** Which account the conversation sees from now on. */
export const accountUsedCard: CardView<AccountUsedModel> = ({ name, isNew }): Card =>
  statement(
    {
      title: `${isNew ? 'Now at' : 'Already at'} ${markdownName(name)}`,
      line: isNew
        ? 'This conversation sees this PingPlotter account. What is watched here of another one is silent until that one is used again.'
        : 'This conversation sees this PingPlotter account.',
      actions: [runCommand('Agents', 'agents'), runCommand('Help', 'help')],
    },
    `${isNew ? 'Now at' : 'Already at'} ${plainName(name)}`,
  );
