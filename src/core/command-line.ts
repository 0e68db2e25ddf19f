import { AppError } from './errors.ts';
import { parseDuration, readsAsTime } from './when.ts';

/** In UTF-16 units, as most programs count: an emoji is two of them or more. */
const longest = 1000;

/** Throws 'bad-input' for a text that is longer than any command: what reads it further may take more than one pass. */
export const requireCommandLength = (text: string): void => {
  if (text.length > longest)
    throw new AppError('bad-input', 'a command that is too long', {
      explanation:
        'A command may have 1,000 characters at most. This one is longer, so nothing was done.',
    });
};

/** Each of these opens and each closes: phones turn straight quotes into those of their language. */
export const quoteMarks = '"“”„‟«»＂';
const quote = `[${quoteMarks}]`;
const notQuote = `[^${quoteMarks}]`;

const word = new RegExp(`${quote}(${notQuote}*)(?:${quote}(\\S*)|$)|\\S+`, 'gu');
const quotedWhole = new RegExp(`^${quote}(${notQuote}*)${quote}?$`, 'u');
const quotedPart = new RegExp(`(?<!\\S)${quote}${notQuote}*${quote}`, 'gu');

/** Splits at white space; what stands in double quotes stays together. */
export const words = (text: string): readonly string[] =>
  [...text.matchAll(word)].map(([bare, quoted, tail = '']) =>
    quoted === undefined ? bare : quoted + tail,
  );

/** What was typed beside a mention. Teams writes all of the person's name there, or a part of it. */
export const wordsBeside = (mention: { readonly name: string }, text: string): string => {
  if (mention.name === '') return '';
  const split = (given: string): readonly string[] => given.toLowerCase().split(/[\s@]+/u);
  const known = new Set(split(mention.name));
  return text
    .split(/\s+/u)
    .filter((word) => !split(word).every((part) => part === '' || known.has(part)))
    .join(' ');
};

/** Without outer spaces and without the quotes round the whole of it. */
export const unquoted = (text: string): string => {
  const trimmed = text.trim();
  return (quotedWhole.exec(trimmed)?.[1] ?? trimmed).trim();
};

/** Invisible separators that come along with copied text and that `\s` does not know. */
const zeroWidth = /[\u200b\u2060]/gu;

/**
 * The command's name in lower case, and what follows it as it was typed. It also sees texts that are
 * too long for a command, so it must stay linear.
 */
export const parseCommand = (text: string): { readonly name: string; readonly rest: string } => {
  const typed = text
    .replace(zeroWidth, ' ')
    .trim()
    .replace(/^\/\s*/u, '');
  const end = typed.search(/\s/u);
  return end < 0
    ? { name: typed.toLowerCase(), rest: '' }
    : { name: typed.slice(0, end).toLowerCase(), rest: typed.slice(end).trim() };
};

/**
 * `<agent> / <target>`, the agent as it was typed, with its quotes. An empty target means that one was
 * begun but not named: not all of them.
 */
export const splitTarget = (rest: string): { readonly agent: string; readonly target?: string } => {
  // With spaces round it and outside quotes.
  const at = masked(rest).search(/(?<!\S)\/(?!\S)/u);
  return at < 0
    ? { agent: rest }
    : { agent: rest.slice(0, at).trim(), target: unquoted(rest.slice(at + 1)) };
};

/** A target typed without spaces round the slash: every slash may be the one that is meant. */
export const slashSplits = (
  rest: string,
): readonly { readonly agent: string; readonly target: string }[] =>
  [...masked(rest).matchAll(/\//gu)]
    .slice(0, mostSlashes)
    .map(({ index }) => ({
      agent: rest.slice(0, index).trim(),
      target: unquoted(rest.slice(index + 1)),
    }))
    .filter(({ agent }) => agent !== '');

/** A name holds one or two; each is looked for in the fleet. */
const mostSlashes = 8;

export interface RenameSplit {
  readonly agent: string;
  /** As it was typed, without outer quotes and spaces; empty when nothing follows "to". */
  readonly to: string;
}

/** Nobody means a later one, and the agent is looked for once for each. */
const mostSplits = 5;

/** `<agent> to <new name>`: every "to" may be the one that is meant, as names may hold it too; the first five count. */
export const splitRename = (
  rest: string,
): { readonly splits: readonly RenameSplit[]; readonly whole: string } => ({
  splits: [...masked(rest).matchAll(/(?<!\S)to(?!\S)/giu)]
    // Before a "to" at the very beginning stands no name.
    .slice(0, mostSplits + 1)
    .map(({ index }) => ({
      agent: unquoted(rest.slice(0, index)),
      to: unquoted(rest.slice(index + 'to'.length)),
    }))
    .filter(({ agent }) => agent !== '')
    .slice(0, mostSplits),
  whole: unquoted(rest),
});

export interface Timing {
  readonly kind: 'for' | 'until';
  readonly text: string;
}

/** `… for 2h` or `… until mon 08:00`; other words after "for" and "until" belong to the name. */
export const splitTiming = (rest: string): { readonly rest: string; readonly timing?: Timing } => {
  for (const {
    0: { length },
    1: preposition,
    index,
  } of masked(rest).matchAll(timingStart)) {
    const text = rest.slice(index + length).trim();
    const kind = preposition?.toLowerCase() === 'for' ? 'for' : 'until';
    const reads = kind === 'for' ? parseDuration(text) !== undefined : readsAsTime(text);
    if (reads) return { rest: rest.slice(0, index).trim(), timing: { kind, text } };
  }
  return { rest: rest.trim() };
};

export interface Span {
  readonly rest: string;
  /** As they were typed: times, or `now`. */
  readonly from: string;
  readonly to: string;
}

/**
 * `… from 22:00 to mon 06:00`; nothing when no times stand there. No time holds one of these words, so
 * only the last of each can be meant.
 */
export const splitSpan = (rest: string): Span | undefined => {
  const hidden = masked(rest);
  const to = lastOf(hidden, /(?<!\S)(?:to|until)(?!\S)/giu);
  const from = lastOf(hidden.slice(0, to?.begin), /(?<!\S)from(?!\S)/giu);
  if (from === undefined || to === undefined) return undefined;
  const typed = {
    from: rest.slice(from.end, to.begin).trim(),
    to: rest.slice(to.end).trim(),
  };
  return (isNow(typed.from) || readsAsTime(typed.from)) && readsAsTime(typed.to)
    ? { rest: rest.slice(0, from.begin).trim(), ...typed }
    : undefined;
};

const lastOf = (
  text: string,
  word: RegExp,
): { readonly begin: number; readonly end: number } | undefined => {
  const found = [...text.matchAll(word)].at(-1);
  return found && { begin: found.index, end: found.index + found[0].length };
};

export const isNow = (text: string): boolean => text.toLowerCase() === 'now';

const timingStart = /(?<!\S)(for|until)(?!\S)/giu;

/** `all` means everybody; in quotes it is a name. */
export const isAll = (typed: string): boolean => typed.trim().toLowerCase() === 'all';

/** `all`, whatever follows it: the command is meant for every agent. */
export const isForAll = (rest: string): boolean =>
  /^\s*all(?:\s*$|\s*\/|\s+(?:for|until|to|where)(?!\S))/iu.test(rest);

/** `where <filter>`: the command is meant for all agents that match. */
export const isBulk = (rest: string): boolean => /^\s*where(?!\S)/iu.test(rest);

/** The same length, with quoted parts made unreadable: what is found in it stands outside quotes. */
const masked = (text: string): string =>
  text.replace(quotedPart, (part) => '"'.repeat(part.length));
