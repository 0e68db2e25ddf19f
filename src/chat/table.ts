import type { FileLinks } from '../platform/files.ts';
import type { Card } from '../platform/messenger.ts';
import { inSlices } from '../platform/slices.ts';
import { type CsvCell, csvLine } from '../shared/csv.ts';
import { optional } from '../shared/optional.ts';
import type { Action } from '../ui/action.ts';
import { tableCard } from '../ui/table.ts';

/** Rows that somebody asked for as CSV. */
export interface Table {
  /** Markdown: `Agents as CSV`. */
  readonly title: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** What the rows are; plain text. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
  /** There are more rows, which were not read. */
  readonly more?: boolean;
  /** How to ask for less, where not all is shown. */
  readonly fewer: string;
  readonly actions: readonly Action[];
}

/** In UTF-8 (contract, Files). */
const mostBytes = 25 * 1024;
/** In UTF-16 units of JSON: what has to be escaped must not carry a message over Teams' 100 KB. */
const mostSigns = 42_000;

/** The card with a table: a code block, a link where that is too large, else its beginning. */
export const csvCard = async (
  { files }: { readonly files: FileLinks },
  { title, name, about, columns, rows, more, fewer, actions }: Table,
): Promise<Card> => {
  const lines = [csvLine(columns)];
  await inSlices(rows, (cells) => lines.push(csvLine(cells)));
  const { fitting, bytes } = await measure(lines);
  const whole = fitting === lines.length;
  const url = whole
    ? undefined
    : await files.link({ name: `${name}.csv`, text: `${lines.join('\r\n')}\r\n` });
  const download = url === undefined ? undefined : { url, bytes };
  const shown = download === undefined ? fitting : lines.length;
  return tableCard({
    title,
    about,
    // Where there are no rows there is nothing to copy.
    ...optional(
      'csv',
      download === undefined && rows.length > 0 ? lines.slice(0, fitting).join('\n') : undefined,
    ),
    ...optional('download', download),
    notes:
      shown === lines.length && more !== true
        ? []
        : [
            `These are the first ${shown - 1} ${more === true ? 'rows' : `of ${rows.length} rows`}. ${fewer}`,
          ],
    actions,
  });
};

/** How many of the lines fit on a card, and the bytes of all of them. */
const measure = async (
  lines: readonly string[],
): Promise<{ readonly fitting: number; readonly bytes: number }> => {
  const encoder = new TextEncoder();
  let [fitting, bytes, signs] = [0, 0, 0];
  await inSlices(lines, (line, index) => {
    bytes += encoder.encode(line).length + 1;
    signs += JSON.stringify(line).length;
    if (fitting === index && bytes <= mostBytes && signs <= mostSigns) fitting += 1;
  });
  return { fitting, bytes };
};
