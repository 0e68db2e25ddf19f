import { fold } from './fold.ts';
import { quoteMarks } from './tokens.ts';

export { quoteMarks, words } from './tokens.ts';

const quote = `[${quoteMarks}]`;
const notQuote = `[^${quoteMarks}]`;

const quotedWhole = new RegExp(`^${quote}(${notQuote}*)${quote}?$`, 'u');
/** Without outer spaces and without the quotes round the whole of it. */
export const unquoted = (text: string): string => {
  const trimmed = text.trim();
  return (quotedWhole.exec(trimmed)?.[1] ?? trimmed).trim();
};

/** With a capital letter at its beginning. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b or c`. */
export const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** `all` means everybody; in quotes it is a name. */
export const isAll = (typed: string): boolean => typed.trim().toLowerCase() === 'all';

/** In UTF-16 units. Every term is tried on every agent, by a watch at each poll, and every list shows the filter. */
export const longestFilter = 500;

export type TextTest = (text: string | undefined) => boolean;

/**
 * Whether a text holds the pattern, by the one rule of sameness; a pattern with `*` must fit the whole text.
 * Works piece by piece instead of by a regular expression, which many stars could make slow.
 */
export const textTest = (pattern: string): TextTest => {
  const test = foldedTest(fold(pattern));
  return (text) => text !== undefined && test(fold(text));
};

/** Texts that many patterns are tried on. */
export interface FoldedTexts {
  readonly each: readonly string[];
  /** All in one: one look is faster than one in each. */
  readonly joined: string;
}

/** A code point that stands for nothing, so that no pattern reaches from one text into the next. */
const gap = '\uFFFF';

export const foldedTexts = (texts: readonly (string | undefined)[]): FoldedTexts => {
  const each = texts.flatMap((text) => (text === undefined ? [] : fold(text)));
  return { each, joined: each.join(gap) };
};

/** As textTest, of any of the texts. */
export const foldedTextsTest = (pattern: string): ((texts: FoldedTexts) => boolean) => {
  const typed = fold(pattern);
  // `*lax*` says what `lax` says.
  const wanted = /^\*+([^*]+)\*+$/u.exec(typed)?.[1] ?? typed;
  const test = foldedTest(wanted);
  return wanted === '' || wanted.includes('*') || wanted.includes(gap)
    ? ({ each }) => each.some(test)
    : ({ joined }) => test(joined);
};

const foldedTest = (wanted: string): ((text: string) => boolean) => {
  if (!wanted.includes('*')) return (text) => text.includes(wanted);
  const [head = '', ...pieces] = wanted.split(/\*+/u);
  const tail = pieces.pop() ?? '';
  return (text) => fits(text, head, pieces, tail);
};

const fits = (text: string, head: string, pieces: readonly string[], tail: string): boolean => {
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + tail.length <= text.length;
};

/** A sentence must stay readable, whatever was typed or pasted. */
const quotedLength = 60;

/** Words that were typed, as a sentence quotes them. */
export const asTyped = (text: string): string => {
  const signs = [...text.trim().slice(0, 4 * quotedLength)];
  const shown = signs.length > quotedLength ? `${signs.slice(0, quotedLength).join('')}…` : text;
  return `“${shown.trim()}”`;
};
