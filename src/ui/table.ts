import type { Card } from '../platform/messenger.ts';
import { type Action, openUrl } from './action.ts';
import { template } from './card.ts';
import { dots, small } from './rich-text.ts';
import source from './table.json' with { type: 'json' };

export interface TableModel {
  /** Markdown. */
  readonly title: string;
  /** What the rows are; plain text. */
  readonly about: string;
  /** CSV to copy. */
  readonly csv?: string;
  /** Where all of it can be downloaded, and how much that is. */
  readonly download?: { readonly url: string; readonly bytes: number };
  /** What is missing and how to get it. */
  readonly notes: readonly string[];
  readonly actions: readonly Action[];
}

const fill = template(source);

/** Rows as CSV: to copy, or to download. */
export const tableCard = ({ title, about, csv, download, notes, actions }: TableModel): Card =>
  fill(
    {
      title,
      about: [small(dots([about, download && sizeText(download.bytes)]))],
      blocks: csv === undefined ? [] : [{ csv }],
      notes: [...(download === undefined ? [] : [linkNote]), ...notes].map((note) => ({
        inlines: [small(note)],
      })),
      actions: [
        ...(download === undefined ? [] : [openUrl('Download CSV', download.url)]),
        ...actions,
      ],
    },
    `${title}: ${about}`,
  );

const linkNote =
  'The link works for an hour, and for whoever has it. It gives the rows as they are now.';

const sizeText = (bytes: number): string => {
  const kilobytes = Math.ceil(bytes / 1024);
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
};
