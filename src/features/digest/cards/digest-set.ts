import type { CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute } from '../../../ui/action.ts';
import { markdown, plain, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';

export interface DigestSetModel {
  /** As a person would type it, like `daily at 08:00`. Absent = the digest was turned off. */
  readonly schedule?: string;
  /** ms since 1970 */
  readonly nextAt?: number;
  /** The schedule before the change, for the button that restores it. */
  readonly before?: string;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
}

export const digestSetCard: CardView<DigestSetModel> = (model, reader) => {
  const line = lineText(model, reader);
  return statement(
    { title: titleText(model, markdown), line, actions: actions(model) },
    dots([titleText(model, plain), line]),
  );
};

const titleText = (
  { schedule }: DigestSetModel,
  write: (text: string, max: number) => string,
): string =>
  schedule === undefined
    ? 'No digest comes here any more'
    : `A digest comes ${write(schedule, 60)}`;

const lineText = ({ schedule, nextAt, by, at }: DigestSetModel, reader: Reader): string =>
  dots([
    schedule !== undefined && nextAt !== undefined && `next ${clock(nextAt, reader)}`,
    `set by ${plainName(by)} at ${clock(at, reader)}`,
  ]);

const actions = ({ schedule, before }: DigestSetModel): readonly Action[] => {
  if (schedule !== undefined)
    return [
      execute('Send one now', 'digest.set', { when: 'now' }),
      execute('Turn off', 'digest.set', { when: 'off' }),
    ];
  return before === undefined ? [] : [execute('Turn on again', 'digest.set', { when: before })];
};
