import type { Card } from '../platform/messenger.ts';
import type { Action } from './action.ts';
import { template } from './card.ts';
import source from './csv.json' with { type: 'json' };
import { small } from './rich-text.ts';

export interface CsvTable {
  readonly title: string;
  /** Plain text; `shown` = how many lines fit. */
  readonly about: (shown: number) => string;
  /** The names of the columns. */
  readonly head: string;
  readonly lines: readonly string[];
  /** Said where not all of it is there. */
  readonly rest: string;
  /** There is more than these lines. */
  readonly more?: boolean;
  readonly actions: readonly Action[];
}

const fill = template(source);

/** As many signs of JSON as leave the card light enough for any client. */
const mostSigns = 20_000;

/** A table to copy into a spreadsheet; a bot cannot hand over a file in groups and channels. */
export const csvCard = ({ title, about, head, lines, rest, more, actions }: CsvTable): Card => {
  const shown = fitting(lines);
  const said = about(shown.length);
  const complete = more !== true && shown.length === lines.length;
  return fill(
    {
      title,
      about: [small(said)],
      csv: [head, ...shown].join('\n'),
      notes: complete ? [] : [{ inlines: [small(rest)] }],
      actions,
    },
    `${title}: ${said}`,
  );
};

const fitting = (lines: readonly string[]): readonly string[] => {
  let signs = 0;
  const tooMuch = lines.findIndex((line) => {
    signs += JSON.stringify(line).length;
    return signs > mostSigns;
  });
  return tooMuch === -1 ? lines : lines.slice(0, tooMuch);
};
