/** Each of these opens and each closes: phones turn straight quotes into those of their language. */
export const quoteMarks = '"“”„‟«»＂';

/** A word of what was typed; what stands in double quotes stays together. */
export interface Token {
  /** Without its quotes. */
  readonly value: string;
  /** As it was typed. */
  readonly raw: string;
  /** As long as `raw`, with quoted parts made unreadable: what is found in it stands outside quotes. */
  readonly bare: string;
  /** It begins with quotes, so it is a name and no word of a command. */
  readonly quoted: boolean;
  /** Where it stands in the text. */
  readonly begin: number;
  readonly end: number;
}

const isQuote = (sign: string): boolean => quoteMarks.includes(sign);
const isSpace = (sign: string): boolean => /\s/u.test(sign);

/** Behind these a quote opens within a word, as in `field."My Site":"Boise"`, but not in `TV 19"`. */
const opening = ':.-=<>/';

/** The one tokenizer of what people type. Reads each sign once. */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (isSpace(text.charAt(at))) at += 1;
    else {
      const token = readToken(text, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
};

/** What stands outside quotes is cut out in runs: a string for each sign took ten times as long for a long word. */
const readToken = (text: string, begin: number): Token => {
  let value = '';
  let bare = '';
  let run = begin;
  let end = begin;
  while (end < text.length && !isSpace(text.charAt(end))) {
    const opens =
      isQuote(text.charAt(end)) && (end === begin || opening.includes(text.charAt(end - 1)));
    if (!opens) {
      end += 1;
      continue;
    }
    const close = closingQuote(text, end + 1);
    const next = Math.min(close + 1, text.length);
    const outside = text.slice(run, end);
    value += outside + text.slice(end + 1, close);
    bare += outside + '"'.repeat(next - end);
    run = next;
    end = next;
  }
  const outside = text.slice(run, end);
  return {
    value: value + outside,
    raw: text.slice(begin, end),
    bare: bare + outside,
    quoted: isQuote(text.charAt(begin)),
    begin,
    end,
  };
};

/** A quote that is never closed reaches to the end. */
const closingQuote = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && !isQuote(text.charAt(at))) at += 1;
  return at;
};

/** Whether a token is one of these words, in either case and outside quotes. */
export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token !== undefined && !token.quoted && words.includes(token.raw.toLowerCase());

/** Splits at white space; what stands in double quotes stays together. */
export const words = (text: string): readonly string[] => tokenize(text).map(({ value }) => value);
