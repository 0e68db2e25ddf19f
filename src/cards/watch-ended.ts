import type { WatchNamed } from '../core/told-alert.ts';
import type { CardView } from '../core/turn.ts';
import { execute, runCommand } from './action.ts';
import { plainName } from './outside-text.ts';
import { dots } from './rich-text.ts';
import { statement } from './statement.ts';
import { clock } from './time.ts';
import { ruleText } from './watch-line.ts';

export interface WatchEndedModel {
  readonly watch: Omit<WatchNamed, 'id' | 'madeBy'>;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
}

export const watchEndedCard: CardView<WatchEndedModel> = ({ watch, by, at }, reader) => {
  const title = `Watch ${watch.number} has ended`;
  const line = dots([ruleText(watch.rule), `by ${plainName(by)} at ${clock(at, reader)}`]);
  return statement(
    {
      title,
      line,
      actions: [runCommand('Watches', 'watches'), execute('New watch', 'watch.create', {})],
    },
    dots([title, line]),
  );
};
