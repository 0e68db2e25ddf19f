import type { CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { type Execute, execute, inOverflow, runCommand } from '../../../ui/action.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { describeWatch, type NamedWatch, type WatchRule } from '../domain/watch.ts';

/** On the card of an alert, or of changes, which has none. Shown to everybody: who may not change the watch gets a refusal at the click, on that card. */
export const changeWatch = ({ id }: Pick<NamedWatch, 'id'>, alert?: string): Execute =>
  execute('Change watch', 'watch.edit', { watch: id, ...optional('alert', alert) }, inOverflow);

export interface WatchEndedModel {
  readonly watch: Omit<NamedWatch, 'id' | 'madeBy'>;
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

/** `Poor or offline, Site Boise`; plain text. */
export const ruleText = (rule: WatchRule): string => plain(describeWatch(rule), 200);

/** As watchLine, of all watches by which something is a problem. Plain text. */
export const watchesLine = (watches: readonly NamedWatch[]): string =>
  watches.length < 2
    ? watchLine(watches[0])
    : `told here because of watches ${watches.map(({ number }) => number).join(', ')}`;

/** Why this conversation gets the notification. Plain text. */
export const watchLine = (watch: NamedWatch | undefined): string =>
  watch === undefined
    ? 'told here because of a watch that has ended'
    : `told here because ${plainName(watch.madeBy)} asked to hear of ${inSentence(ruleText(watch.rule))} (watch ${watch.number})`;

/** PingPlotter's quality words alone begin with a capital letter there. */
const inSentence = (text: string): string =>
  /^(?:Fair|Poor)/u.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
