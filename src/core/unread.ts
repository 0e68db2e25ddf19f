import { quoteMarks } from './command-line.ts';
import { AppError } from './errors.ts';

/** A sentence must stay readable, whatever was typed or pasted. */
const quotedLength = 60;

/** Words that were typed, as a sentence quotes them. */
export const asTyped = (text: string): string => {
  const signs = [...text.trim().slice(0, 4 * quotedLength)];
  const shown = signs.length > quotedLength ? `${signs.slice(0, quotedLength).join('')}…` : text;
  return `“${shown.trim()}”`;
};

/** Refuses what cannot be read in the words of what was typed, and says how it goes. */
export const cannotRead = (typed: string, hint: string): AppError =>
  new AppError('bad-input', 'typed words that cannot be read', {
    explanation:
      typed.trim() === '' ? hint : `I cannot read ${asTyped(typed)}, so nothing was done. ${hint}`,
  });

export const hasSeveralLines = (text: string): boolean => /[\r\n\u2028\u2029]/u.test(text.trim());

const quoted = new RegExp(`[${quoteMarks}][^${quoteMarks}]*(?:[${quoteMarks}]|$)`, 'gu');
const tail = /(?<!\S)(?:please|(?:for|until|from)\s+(?:\d|(?:now|today|tonight|tomorrow)(?!\S)))/iu;

/**
 * A free word of a filter may be anything, so a slip would be looked for in names, and what was planned
 * would be about nobody. Times, politeness and a second line are no such words. Throws 'bad-input'.
 */
export const requireFilterAlone = (typed: string): void => {
  if (hasSeveralLines(typed)) throw cannotRead(typed, 'Type one request, on one line.');
  const hidden = typed.replace(quoted, (part) => '"'.repeat(part.length));
  const found = tail.exec(hidden);
  if (found === null) return;
  const unread = typed.slice(found.index);
  throw cannotRead(
    unread,
    `To look for ${asTyped(unread.split(/\s/u, 1)[0] ?? '')} itself, put it in quotes.`,
  );
};
