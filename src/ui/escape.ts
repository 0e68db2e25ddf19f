/**
 * The one place where text that people or machines outside chose becomes text of a card.
 * `plain` is for where nothing is markup: text runs, titles of buttons and choices, summaries.
 * `markdown` is for text blocks and facts. Values of inputs stay as they are.
 */

/** For a name that stands alone. */
export const nameLimit = 80;

export const plain = (text: string, max: number): string =>
  bounded(tidy(text), max)
    .replace(tag, '‹$1›')
    .replace(tagStart, '‹')
    .replace(doubleBrace, '{ ')
    .replace(expression, '$ {');

export const markdown = (text: string, max: number): string =>
  bounded(tidy(text), max)
    .replace(doubleBrace, '{ ')
    .replace(expression, '$ {')
    .replace(marks, '\\$&')
    .replace(blockStart, '$1\\$2')
    .replace(/[&<>]/g, (sign) => entities[sign] ?? '');

export const plainName = (text: string, max = nameLimit): string => plain(text, max) || noName;

export const markdownName = (text: string, max = nameLimit): string =>
  markdown(text, max) || noName;

const noName = '(no name)';

/** Invisible signs go: they hide text, turn its direction round, or make two names look alike. */
const tidy = (text: string): string => (untidy.test(text) ? tidied(text) : text);

/** Nearly all names have none of it, and a list card has some fifty of them. */
const untidy = /[^ -~]|^ | {2}| $/;

const tidied = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

const bounded = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const signs = [...text];
  return signs.length <= max
    ? text
    : `${signs
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
};

/** `<at>` would be a mention, other tags would be HTML wherever a client takes the text for it. */
const tag = /<([a-z/!?][^<>]*)>/gi;
/** One that is never closed, as where the text was cut. */
const tagStart = /<(?=[a-z/!?])/gi;

/** Clients expand `{{DATE(…)}}` and `{{TIME(…)}}`, even in text runs. */
const doubleBrace = /\{(?=\{)/g;

const expression = /\$\{/g;

/**
 * As few as possible, since phones show the backslash too (microsoft/AdaptiveCards#5590): a parenthesis
 * is harmless once its bracket is, and so is an underscore within a word.
 */
const marks = /[\\`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** What makes a heading, a list or a rule at the start of a block. */
const blockStart = /^(\d{0,9})([#+.)-])(?=[\s#-]|$)/;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
