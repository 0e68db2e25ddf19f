import type { Execute } from './action.ts';
import { plain } from './escape.ts';

/** An emphasis box with one sentence, or none. The sentence may quote text from outside. */
export const boxed = (
  sentence: string | undefined,
): readonly { readonly inlines: readonly TextRun[] }[] =>
  sentence === undefined ? [] : [{ inlines: [run(plain(sentence, 400))] }];

/** A piece of a RichTextBlock: no markdown works in it. */
export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly color?: 'Good' | 'Warning' | 'Attention' | 'Default';
  readonly isSubtle?: boolean;
  readonly size?: 'Small';
  readonly underline?: true;
  /** What a press on it does. */
  readonly selectAction?: Execute;
}

export const run = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun => ({
  type: 'TextRun',
  text,
  ...look,
});

export const bold = (text: string): TextRun => run(text, { weight: 'Bolder' });

/** What a row that opens is called: the sign shows that a press does something. */
export const opening = (text: string): TextRun => bold(`${text}\u00a0›`);

export const subtle = (text: string): TextRun => run(text, { isSubtle: true });

/** The line of circumstance below a name. */
export const small = (text: string): TextRun => run(text, { isSubtle: true, size: 'Small' });

/** Joins what there is to say by a middle dot. */
export const dots = (pieces: readonly (string | false | undefined)[]): string =>
  pieces.filter((piece) => piece).join(' · ');

/** The same for runs. */
export const dotted = (pieces: readonly (TextRun | readonly TextRun[])[]): readonly TextRun[] =>
  pieces.flatMap((piece, index) => [...(index === 0 ? [] : [subtle(' · ')]), ...[piece].flat()]);

/** `1 agent`, `2 agents` */
export const counted = (count: number, thing: string, things = `${thing}s`): string =>
  `${count} ${count === 1 ? thing : things}`;
