import { fold } from '../../../shared/fold.ts';
import { quoteMarks, words } from '../../../shared/text.ts';

/** One term of a filter, as it was typed. */
export interface TypedTerm {
  /** Where it stands in the filter. */
  readonly index: number;
  readonly text: string;
  readonly not: boolean;
  /** The name of a custom field, as in `field.Site:Boise`. */
  readonly field?: string | undefined;
  /** What stands before a colon or a comparison, folded: `is`, `score`, or anything. */
  readonly key?: string | undefined;
  /** Absent where a colon stands. */
  readonly comparison?: string | undefined;
  /** Without quotes. */
  readonly value: string;
  readonly quoted: boolean;
  /** Its quotes reach to the end of the filter. */
  readonly unclosed: boolean;
}

const quote = `[${quoteMarks}]`;
const notQuote = `[^${quoteMarks}]`;

/** One term with the spaces that belong to it: in quotes, and round a comparison. */
const term = new RegExp(
  [
    '(?<dashes>-*)',
    '(?:',
    `field\\.(?:${quote}(?<quotedField>${notQuote}+)${quote}|(?<field>[^\\s:：${quoteMarks}]+))[:：]`,
    '|(?<key>\\p{L}[\\p{L}\\p{M}\\p{N}_.-]*)(?:[:：]|\\s*(?<comparison>[<>＜＞][=＝]?|[=＝])\\s*)',
    ')?',
    `(?<value>${quote}${notQuote}*(?:${quote}\\S*|$)|\\S*)`,
  ].join(''),
  'giu',
);

const beginsQuoted = new RegExp(`^${quote}`, 'u');
const neverClosed = new RegExp(`^${quote}${notQuote}*$`, 'u');

/** The terms between the `OR`s. */
export const termGroups = (text: string): readonly (readonly TypedTerm[])[] =>
  [...text.matchAll(term)]
    .filter(([typed]) => typed !== '')
    .reduce<TypedTerm[][]>(
      (groups, found) => {
        if (found[0] === 'OR') groups.push([]);
        else groups.at(-1)?.push(readTerm(found));
        return groups;
      },
      [[]],
    );

const readTerm = ({ 0: typed, index, groups = {} }: RegExpExecArray): TypedTerm => {
  const { dashes = '', field, quotedField, key, comparison, value = '' } = groups;
  return {
    index,
    text: typed.slice(dashes.length),
    not: dashes.length % 2 === 1,
    field: (field ?? quotedField)?.trim(),
    key: key === undefined ? undefined : fold(key),
    comparison: comparison?.normalize('NFKC'),
    value: words(value).join(' ').trim(),
    quoted: beginsQuoted.test(value),
    unclosed: neverClosed.test(value),
  };
};
