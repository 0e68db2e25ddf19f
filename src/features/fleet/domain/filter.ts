import { refusal } from '../../../platform/errors.ts';
import { longestFilter, quoteMarks, textTest, words } from '../../../shared/text.ts';
import type { FleetView } from './agent-view.ts';
import { type AgentTest, comparisons, fieldTest, states, texts } from './filter-conditions.ts';
import { manyTests, type TextTests } from './filter-texts.ts';

export type Condition =
  | { readonly by: 'text'; readonly in: keyof typeof texts; readonly pattern: string }
  | { readonly by: 'field'; readonly field: string; readonly pattern: string }
  | { readonly by: 'state'; readonly state: keyof typeof states }
  | {
      readonly by: 'score';
      readonly comparison: keyof typeof comparisons;
      readonly bound: number;
    };

export interface Term {
  readonly not: boolean;
  readonly condition: Condition;
}

/** An agent matches when it meets every term of any group; without a group all match. */
export interface Filter {
  readonly anyOf: readonly (readonly Term[])[];
}

const isState = (text: string): text is keyof typeof states => Object.hasOwn(states, text);
const isText = (text: string): text is keyof typeof texts => Object.hasOwn(texts, text);
const isComparison = (text: string): text is keyof typeof comparisons =>
  Object.hasOwn(comparisons, text);

/** The words that `is:` takes, for help. */
export const stateWords: readonly string[] = Object.keys(states);

/** Throws 'bad-input' for a filter that is too long to be read. */
export const requireFilterLength = (text: string): void => {
  if (text.length > longestFilter)
    throw refusal('bad-input', 'filter.too-long', { most: longestFilter });
};

/** Reads what somebody typed, see the contract's "Filters". Throws 'bad-input' with a sentence for them. */
export const parseFilter = (text: string): Filter => {
  requireFilterLength(text);
  return {
    anyOf: groupsIn(text)
      .map((terms) => terms.flatMap(readTerm))
      .filter((terms) => terms.length > 0),
  };
};

/** The filter that looks for a text as it stands. */
export const textFilter = (pattern: string): Filter => ({
  anyOf: pattern === '' ? [] : [[{ not: false, condition: { by: 'text', in: 'text', pattern } }]],
});

/** From so many terms on, it pays to read each agent's texts once for all of them. */
const manyTerms = 5;

/** Made once for many agents: everything about the filter itself is worked out here. */
export const matches = ({ anyOf }: Filter): AgentTest => {
  const terms = distinct(anyOf.map(distinct));
  const tests = terms.flat().length < manyTerms ? fewTests : manyTests();
  const groups = terms.map((group) => group.map((term) => testOf(term, tests)));
  const [only, ...others] = groups;
  if (only === undefined) return () => true;
  if (others.length === 0) return (view) => only.every((test) => test(view));
  return (view) => groups.some((group) => group.every((test) => test(view)));
};

/** What is said twice counts once. */
const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];

const fewTests: TextTests = {
  text: (where, pattern) => texts[where](textTest(pattern)),
  field: (name, pattern) => fieldTest(name, textTest(pattern)),
};

const testOf = ({ not, condition }: Term, tests: TextTests): AgentTest => {
  const test = conditionTest(condition, tests);
  return not ? (view) => !test(view) : test;
};

const conditionTest = (condition: Condition, tests: TextTests): AgentTest => {
  switch (condition.by) {
    case 'text':
      return tests.text(condition.in, condition.pattern);
    case 'field':
      return tests.field(condition.field, condition.pattern);
    case 'state':
      return states[condition.state];
    case 'score': {
      const compare = comparisons[condition.comparison];
      return ({ score }) => score !== undefined && compare(score, condition.bound);
    }
    default:
      return condition satisfies never;
  }
};

const quote = `[${quoteMarks}]`;
const notQuote = `[^${quoteMarks}]`;

/** One term with the spaces that belong to it: in quotes, and round the comparison of a score. */
const term = new RegExp(
  [
    '(?<dashes>-*)',
    '(?:',
    `field\\.(?:${quote}(?<quotedField>${notQuote}+)${quote}|(?<field>[^\\s:${quoteMarks}]+)):`,
    '|(?<key>is|name|platform|target|ip):',
    '|score\\s*(?<comparison>[<>]=?|=)\\s*',
    ')?',
    `(?<value>${quote}${notQuote}*(?:${quote}\\S*|$)|\\S*)`,
  ].join(''),
  'gi',
);

type TypedTerm = RegExpExecArray;

const groupsIn = (text: string): readonly (readonly TypedTerm[])[] =>
  [...text.matchAll(term)]
    .filter(([typed]) => typed !== '')
    .reduce<TypedTerm[][]>(
      (groups, typed) => {
        if (typed[0] === 'OR') groups.push([]);
        else groups.at(-1)?.push(typed);
        return groups;
      },
      [[]],
    );

/** Nothing for what is only begun, like a lone dash. */
const readTerm = ({ 0: typed, groups = {} }: TypedTerm): readonly Term[] => {
  const pattern = words(groups['value'] ?? '')
    .join(' ')
    .trim();
  const condition = readCondition(typed.replace(/^-+/u, ''), groups, pattern);
  const not = (groups['dashes'] ?? '').length % 2 === 1;
  return condition === undefined ? [] : [{ not, condition }];
};

const readCondition = (
  typed: string,
  {
    quotedField,
    field = quotedField,
    key,
    comparison,
  }: Readonly<Record<string, string | undefined>>,
  pattern: string,
): Condition | undefined => {
  if (comparison !== undefined && isComparison(comparison)) {
    if (!/^\d{1,9}(?:\.\d{1,9})?$/u.test(pattern))
      throw refusal('bad-input', 'filter.needs-number', { typed });
    return { by: 'score', comparison, bound: Number(pattern) };
  }
  if (key?.toLowerCase() === 'is') {
    const state = pattern.toLowerCase();
    if (isState(state)) return { by: 'state', state };
    throw refusal('bad-input', 'filter.no-such-state', { typed, states: stateWords });
  }
  if (pattern === '') {
    if (field === undefined && key === undefined) return undefined;
    throw refusal('bad-input', 'filter.needs-text', { typed });
  }
  if (field !== undefined) return { by: 'field', field: field.trim(), pattern };
  const where = key?.toLowerCase() ?? 'text';
  return { by: 'text', in: isText(where) ? where : 'text', pattern };
};

/**
 * The part of a filter that names agents, without what changes by itself. Who matched `is:online` or
 * `score<70` once is watched on by this part alone: it must not drop out at the very moment that
 * counts.
 */
export const stablePart = ({ anyOf }: Filter): Filter => ({
  anyOf: anyOf.map((terms) => terms.filter(({ condition }) => !isVolatile(condition))),
});

/** Whether the filter asks for anything that changes by itself. */
export const isStable = ({ anyOf }: Filter): boolean =>
  anyOf.every((terms) => terms.every(({ condition }) => !isVolatile(condition)));

const isVolatile = ({ by }: Condition): boolean => by === 'state' || by === 'score';

/** Throws 'bad-input' for a filter that cannot be stored. */
export const requireReadable = (filter: string): void => {
  parseFilter(filter);
};

/** How many agents of the fleet a filter is about. Throws 'bad-input' for one that cannot be read. */
export const countMatching = ({ agents }: Pick<FleetView, 'agents'>, filter: string): number =>
  agents.filter(matches(parseFilter(filter))).length;
