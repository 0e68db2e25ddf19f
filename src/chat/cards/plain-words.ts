import type { Card, CardView } from '../../platform/messenger.ts';
import { type Action, executePress, type Press } from '../../ui/action.ts';
import { template } from '../../ui/card.ts';
import { markdown, plain } from '../../ui/escape.ts';
import { bold, small } from '../../ui/rich-text.ts';
import source from './plain-words.json' with { type: 'json' };

export interface PlainWordsModel {
  readonly title: string;
  /** May quote what was typed, like the title. */
  readonly lead: string;
  /** What was understood, each as the command that does it. */
  readonly commands: readonly string[];
  /** What else there is to say of each command. */
  readonly notes?: readonly string[];
  readonly buttons: readonly { readonly title: string; readonly press: Press }[];
  readonly input?:
    | { readonly id: string; readonly label: string; readonly value: string }
    | undefined;
  readonly more?: readonly Action[];
}

const fill = template(source);

const noteText = (note: string) => ({ inlines: [small(plain(note, longestCommand))] });

/** A command is shown whole, unless somebody pasted one. */
const longestCommand = 300;
const longestTitle = 80;

/** What was understood from plain words, and the buttons that do it: nothing is done before a press. */
export const plainWordsCard: CardView<PlainWordsModel> = ({
  title,
  lead,
  commands,
  notes = [],
  buttons,
  input,
  more = [],
}): Card =>
  fill(
    {
      title: markdown(title, 200),
      lead: [small(plain(lead, 300))],
      rows: commands.map((command, at) => ({
        inlines: [bold(plain(command, longestCommand))],
        notes: [notes[at] ?? ''].filter((note) => note !== '').map(noteText),
      })),
      inputs: input === undefined ? [] : [input],
      actions: [
        ...buttons.map(({ title: said, press }) => executePress(plain(said, longestTitle), press)),
        ...more,
      ],
    },
    `${plain(title, 200)} ${plain(commands.join(' · '), 200)}`.trim(),
  );

/** An answer, with the command above it that does the same, so that people learn it. */
export const understoodAs = ({ content, summary }: Card, command: string): Card => {
  const { body } = content;
  const line = {
    type: 'RichTextBlock',
    inlines: [small('Understood as '), bold(plain(command, longestCommand))],
  };
  return { content: { ...content, body: [line, ...(Array.isArray(body) ? body : [])] }, summary };
};
