import { type Action, execute } from '../../../ui/action.ts';
import type { VerdictSaid } from '../domain/alert-view.ts';

/** On a card that has ended and named a cause. */
export const verdictButtons = (alert: string): readonly Action[] => [
  execute('Right', 'alert.verdict', { alert, says: 'right' }, { tooltip: 'The cause was right' }),
  execute('Wrong', 'alert.verdict', { alert, says: 'wrong' }, { tooltip: 'The cause was wrong' }),
];

/** What was named, and what is asked or what the person who pressed has answered. `cause` is plain text. */
export const verdictText = (cause: string, verdict: VerdictSaid | undefined): string =>
  `Named as the likely cause: ${cause}. ${
    verdict === undefined
      ? 'Was that right?'
      : `You said that this was ${verdict}; the last press counts.`
  }`;
