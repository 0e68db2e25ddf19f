import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { accountMark } from '../../../ui/of-account.ts';
import { bold, counted, dotted, run, small, subtle } from '../../../ui/rich-text.ts';
import source from './accounts.json' with { type: 'json' };

export interface AccountsModel {
  /** Of the accounts that the tenant may see, in the order of the file. */
  readonly names: readonly string[];
  /** The one that the conversation sees. */
  readonly used?: string;
  /** Whoever runs the bot has bound the conversation to it. */
  readonly bound: boolean;
  /** The id of the conversation, for the file of accounts. */
  readonly conversation?: string;
}

const fill = template(source);

/** More rows are hard to read; the choice below has all. */
const shownRows = 30;

/** The one that the conversation sees is among those that are shown. */
const shownFirst = (names: readonly string[], used: string | undefined): readonly string[] => {
  const first = names.slice(0, shownRows);
  return used === undefined || first.includes(used) || !names.includes(used)
    ? first
    : [used, ...first.slice(0, -1)];
};

export const accountsCard: CardView<AccountsModel> = (
  { names, used, bound, conversation },
  reader,
): Card => {
  const about = used === undefined ? 'None is chosen here yet' : `Here: ${plainName(used)}`;
  const more = names.length - shownRows;
  const mayChoose =
    names.length > 1 && !bound && (reader.kind === 'personal' || showsTo(reader, 'operator'));
  return fill(
    {
      about: [small(`${counted(names.length, 'account')} · ${about}`)],
      rows: [
        ...shownFirst(names, used).map((name) => ({
          inlines:
            name === used
              ? dotted([bold(plainName(name)), subtle('this conversation sees it')])
              : [run(plainName(name))],
        })),
        ...(more > 0 ? [{ inlines: [small(`and ${more} more`)] }] : []),
      ],
      mayChoose,
      chosen: accountMark(used ?? names[0] ?? ''),
      choices: names.map((name) => ({ title: plainName(name), value: accountMark(name) })),
      notes: [
        ...(bound ? ['Whoever runs the bot has bound this conversation to its account.'] : []),
        ...(conversation === undefined ? [] : [`This conversation: ${plain(conversation, 300)}`]),
      ].map((line) => ({ inlines: [small(line)] })),
      actions: mayChoose ? [execute('Use', 'account.use', {})] : [],
    },
    `${counted(names.length, 'account')} · ${about}`,
  );
};
