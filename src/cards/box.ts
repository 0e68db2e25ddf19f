import { plain } from './outside-text.ts';
import { run, type TextRun } from './rich-text.ts';

/** An emphasis box with one sentence, or none. The sentence may quote text from outside. */
export const boxed = (
  sentence: string | undefined,
): readonly { readonly inlines: readonly TextRun[] }[] =>
  sentence === undefined ? [] : [{ inlines: [run(plain(sentence, 400))] }];
