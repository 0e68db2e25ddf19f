import type { Card } from '../platform/messenger.ts';
import type { Action } from './action.ts';
import { template } from './card.ts';
import source from './entries.json' with { type: 'json' };
import { boxed, small, type TextRun } from './rich-text.ts';
import statementSource from './statement.json' with { type: 'json' };

export interface Entries {
  /** Markdown. */
  readonly title: string;
  /** Plain text, like all lines. */
  readonly about: string;
  readonly rows: readonly { readonly name: readonly TextRun[]; readonly line: string }[];
  readonly note?: string | undefined;
  readonly actions: readonly Action[];
}

const fill = template(source);

/** A plain list: what each entry is called, and one line about it. */
export const entriesCard = (
  { title, about, rows, note, actions }: Entries,
  summary: string,
): Card =>
  fill(
    {
      title,
      about: [small(about)],
      rows: rows.map(({ name, line }) => ({ name, hasLine: line !== '', line: [small(line)] })),
      notes: note === undefined ? [] : [{ inlines: [small(note)] }],
      actions,
    },
    summary,
  );

export interface Statement {
  /** Markdown. */
  readonly title: string;
  /** Plain text. */
  readonly line: string;
  /** What it means or what to do; may quote text from outside. */
  readonly sentence?: string | undefined;
  readonly actions: readonly Action[];
}

const fillStatement = template(statementSource);

/** A card that says one thing. */
export const statement = ({ title, line, sentence, actions }: Statement, summary: string): Card =>
  fillStatement(
    { title, hasLine: line !== '', line: [small(line)], boxes: boxed(sentence), actions },
    summary,
  );
