import { type AppError, refusal } from '../platform/errors.ts';
import { unquoted } from '../shared/text.ts';
import { isWord, type Token, tokenize } from '../shared/tokens.ts';

/** The numbers that were typed, `12`, `#12`, or several of them. Throws 'bad-input' for anything else. */
export const numbersIn = (rest: string, usage: string): readonly [number, ...number[]] => {
  const typed = rest.split(/[\s,;]+/u).filter((word) => word !== '');
  const [first, ...others] = new Set(typed.map((word) => numberIn(word, usage)));
  if (first === undefined) throw usageError(usage);
  return [first, ...others];
};

const numberIn = (word: string, usage: string): number => {
  if (!/^#?\d{1,9}$/u.test(word)) throw usageError(usage, word);
  return Number(word.replace('#', ''));
};

/** Says how it goes, and what of that which was typed cannot be read. */
export const usageError = (usage: string, unread = ''): AppError =>
  refusal('bad-input', 'command.usage', { typed: unread, usage });

/** In UTF-16 units, as most programs count: an emoji is two of them or more. */
const longest = 1000;

/** Throws 'bad-input' for a text that is longer than any command: what reads it further may take more than one pass. */
export const requireCommandLength = (text: string): void => {
  if (text.length > longest) throw refusal('bad-input', 'command.too-long', { most: longest });
};

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

/** Invisible separators that come along with copied text and that `\s` does not know. */
const zeroWidth = /[\u200b\u2060]/gu;

/** A sentence may end so; to a command it does not matter. */
const endSigns = '.!?…。！？';

/** Without the signs at its end, unless it is nothing else. */
export const withoutEndSigns = (text: string): string => {
  let end = text.length;
  while (end > 0 && endSigns.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).trim() === '' ? text : text.slice(0, end).trimEnd();
};

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
    ? { name: withoutEndSigns(typed).toLowerCase(), rest: '' }
    : { name: typed.slice(0, end).toLowerCase(), rest: typed.slice(end).trim() };
};

/**
 * `<agent> / <target>`, the agent as it was typed, with its quotes. An empty target means that one was
 * begun but not named: not all of them.
 */
export const splitTarget = (rest: string): { readonly agent: string; readonly target?: string } => {
  const slash = tokenize(rest).find((token) => isWord(token, '/'));
  return slash === undefined
    ? { agent: rest }
    : { agent: rest.slice(0, slash.begin).trim(), target: unquoted(rest.slice(slash.end)) };
};

/** A target typed without spaces round the slash: every slash may be the one that separates it. */
export const slashSplits = (
  rest: string,
): readonly { readonly agent: string; readonly target: string }[] =>
  firstSlashes(rest)
    .map((index) => ({
      agent: rest.slice(0, index).trim(),
      target: unquoted(rest.slice(index + 1)),
    }))
    .filter(({ agent }) => agent !== '');

/** A name holds one or two; each is looked for in the fleet. */
const mostSlashes = 8;

/** Where the first ones stand, outside quotes. */
const firstSlashes = (text: string): readonly number[] => {
  const places: number[] = [];
  for (const { begin, bare } of tokenize(text))
    for (let at = bare.indexOf('/'); at >= 0; at = bare.indexOf('/', at + 1)) {
      if (places.length === mostSlashes) return places;
      places.push(begin + at);
    }
  return places;
};

export interface RenameSplit {
  readonly agent: string;
  /** As it was typed, without outer quotes and spaces; empty when nothing follows "to". */
  readonly to: string;
}

/** Nobody means a later one, and the agent is looked for once for each. */
const mostSplits = 5;

/** `<agent> to <new name>`: every "to" may separate them, as names may hold it too; the first five count. */
export const splitRename = (
  rest: string,
): { readonly splits: readonly RenameSplit[]; readonly whole: string } => ({
  splits: tokenize(rest)
    .filter((token) => isWord(token, 'to'))
    // Before a "to" at the very beginning stands no name.
    .slice(0, mostSplits + 1)
    .map(({ begin, end }) => ({
      agent: unquoted(rest.slice(0, begin)),
      to: unquoted(rest.slice(end)),
    }))
    .filter(({ agent }) => agent !== '')
    .slice(0, mostSplits),
  whole: unquoted(rest),
});

/** `all`, whatever follows it: the command is for every agent. */
export const isForAll = (rest: string): boolean => {
  const [first, second] = tokenize(rest);
  if (first?.bare.toLowerCase().startsWith('all/') === true) return true;
  return (
    isWord(first, 'all') &&
    (second === undefined ||
      second.bare.startsWith('/') ||
      isWord(second, 'for', 'until', 'to', 'where'))
  );
};

/** `where <filter>`: the command is for all agents that match. */
export const isBulk = (rest: string): boolean => isWord(tokenize(rest)[0], 'where');

export const hasSeveralLines = (text: string): boolean => /[\r\n\u2028\u2029]/u.test(text.trim());

/** What stands behind "for", "until" or "from" where a time is meant. */
const beginsTime = /^(?:\d.*|now|today|tonight|tomorrow)$/isu;

const isTail = (token: Token, next: Token | undefined): boolean =>
  !token.quoted &&
  (token.bare.toLowerCase().startsWith('please') ||
    (isWord(token, 'for', 'until', 'from') && beginsTime.test(next?.bare ?? '')));

/**
 * A free word of a filter may be anything, so a slip would be looked for in names, and what was planned
 * would be about nobody. Times, politeness and a second line are no such words. Throws 'bad-input'.
 */
export const requireFilterAlone = (typed: string): void => {
  if (hasSeveralLines(typed)) throw refusal('bad-input', 'command.several-lines', { typed });
  const tokens = tokenize(typed);
  const tail = tokens.find((token, place) => isTail(token, tokens[place + 1]));
  if (tail !== undefined)
    throw refusal('bad-input', 'filter.other-words', { typed: typed.slice(tail.begin) });
};

/** What was pasted along, or stands behind a quoted name, is no part of the new name. Throws 'bad-input'. */
export const requireOneName = (to: string, rest: string): void => {
  const [first, second] = tokenize(to);
  if (first?.quoted === true && second !== undefined)
    throw refusal('bad-input', 'agent.name-in-quotes', { typed: to.slice(second.begin) });
  const last = tokenize(rest).at(-1);
  if (last !== undefined && !last.quoted && withoutEndSigns(last.raw).toLowerCase() === 'please')
    throw refusal('bad-input', 'agent.name-in-quotes', { typed: last.raw });
  if (hasSeveralLines(to)) throw refusal('bad-input', 'agent.name-one-line', { typed: to });
};
