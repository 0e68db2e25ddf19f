import type { Card } from '../core/turn.ts';
import type { Action } from './action.ts';
import { boxed } from './box.ts';
import { template } from './card.ts';
import { small } from './rich-text.ts';
import source from './statement.json' with { type: 'json' };

export interface Statement {
  /** Markdown. */
  readonly title: string;
  /** Plain text. */
  readonly line: string;
  /** What it means or what to do; may quote text from outside. */
  readonly sentence?: string | undefined;
  readonly actions: readonly Action[];
}

const fill = template(source);

/** A card that says one thing. */
export const statement = ({ title, line, sentence, actions }: Statement, summary: string): Card =>
  fill(
    { title, hasLine: line !== '', line: [small(line)], boxes: boxed(sentence), actions },
    summary,
  );
