import { refusal } from '../../../platform/errors.ts';
import { fold } from '../../../shared/fold.ts';
import { nearestWords } from '../../../shared/nearest.ts';
import { longestFilter, textTest } from '../../../shared/text.ts';
import { parseDuration } from '../../../shared/time.ts';
import type { AgentView } from './agent-view.ts';
import {
  type AgentTest,
  ages,
  comparisons,
  fieldTest,
  numbers,
  states,
  texts,
} from './filter-conditions.ts';
import { type TypedTerm, termGroups } from './filter-grammar.ts';
import { manyTests, type TextTests } from './filter-texts.ts';
import { calledName } from './saved-filter.ts';

type Comparison = keyof typeof comparisons;

export type Condition =
  | { readonly by: 'text'; readonly in: keyof typeof texts; readonly pattern: string }
  | { readonly by: 'field'; readonly field: string; readonly pattern: string }
  | { readonly by: 'state'; readonly state: keyof typeof states }
  | {
      readonly by: 'number';
      readonly of: keyof typeof numbers;
      readonly comparison: Comparison;
      readonly bound: number;
    }
  | {
      readonly by: 'age';
      readonly of: keyof typeof ages;
      readonly comparison: Comparison;
      readonly ms: number;
    };

export interface Term {
  readonly not: boolean;
  readonly condition: Condition;
}

/** An agent matches when it meets every term of any group; without a group all match. */
export interface Filter {
  readonly anyOf: readonly (readonly Term[])[];
}

/** Whether a table has a row of this name; a name from outside may be that of any property. */
const isIn = <T extends object>(table: T, name: string): name is keyof T & string =>
  Object.hasOwn(table, name);

/** The words that `is:` takes, for help. */
export const stateWords: readonly string[] = Object.keys(states);

export const isStateWord = (word: string): boolean => isIn(states, word);

/** How each key is typed, for the sentence that refuses another one. */
export const filterKeys: readonly string[] = [
  ...['is:', 'name:', 'platform:', 'target:', 'ip:', 'field.Site:'],
  ...['score<', 'seen<', 'created<', 'wifi<'],
];

/** What people write for a key that is called otherwise. */
const otherWords: Readonly<Record<string, string>> = {
  lastseen: 'seen',
  last: 'seen',
  signal: 'wifi',
  state: 'is',
  status: 'is',
  agent: 'name',
  os: 'platform',
  session: 'target',
  address: 'ip',
  quality: 'score',
};

/** Throws 'bad-input' for a filter that is too long to be read. */
export const requireFilterLength = (text: string): void => {
  if (text.length > longestFilter)
    throw refusal('bad-input', 'filter.too-long', { most: longestFilter });
};

/**
 * Reads what somebody typed, see the contract's "Filters". Throws 'bad-input' with a sentence for them. A
 * filter that was `stored` before a key was refused goes on to look for it as text.
 */
export const parseFilter = (text: string, source: 'typed' | 'stored' = 'typed'): Filter => {
  requireFilterLength(text);
  return {
    anyOf: termGroups(text)
      .map((terms) => terms.flatMap((term) => readTerm(term, source)))
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
    case 'number':
      return compared(numbers[condition.of], condition.comparison, condition.bound);
    case 'age':
      return compared(ages[condition.of], condition.comparison, condition.ms);
    default:
      return condition satisfies never;
  }
};

/** What an agent has no figure of is neither less nor more. */
const compared = (
  figure: (view: AgentView) => number | undefined,
  comparison: Comparison,
  bound: number,
): AgentTest => {
  const compare = comparisons[comparison];
  return (view) => {
    const value = figure(view);
    return value !== undefined && compare(value, bound);
  };
};

/** Nothing for what is only begun, like a lone dash. */
const readTerm = (term: TypedTerm, source: 'typed' | 'stored'): readonly Term[] => {
  const condition = readCondition(term, source);
  return condition === undefined ? [] : [{ not: term.not, condition }];
};

const readCondition = (term: TypedTerm, source: 'typed' | 'stored'): Condition | undefined => {
  const { text: typed, field, key, comparison, value } = term;
  if (field !== undefined) {
    if (value === '') throw refusal('bad-input', 'filter.needs-text', { typed });
    return { by: 'field', field, pattern: value };
  }
  if (source === 'typed' && calledName(term) !== undefined)
    throw refusal('bad-input', 'saved-filter.unknown', { typed, names: [] });
  if (key === undefined)
    return value === '' ? undefined : { by: 'text', in: 'text', pattern: value };
  const known =
    comparison === undefined ? readColon(term, key) : readCompared(term, key, comparison);
  if (known !== undefined) return known;
  if (source === 'stored') return { by: 'text', in: 'text', pattern: typed };
  throw unknownKey(typed, key, value);
};

const readColon = ({ text: typed, value }: TypedTerm, key: string): Condition | undefined => {
  if (key === 'is') {
    const state = fold(value);
    if (isIn(states, state)) return { by: 'state', state };
    const [nearest] = nearestWords(state, stateWords);
    throw refusal('bad-input', 'filter.no-such-state', { typed, nearest, states: stateWords });
  }
  if (key === 'text' || !isIn(texts, key)) return undefined;
  if (value === '') throw refusal('bad-input', 'filter.needs-text', { typed });
  return { by: 'text', in: key, pattern: value };
};

const readCompared = (
  { text: typed, value }: TypedTerm,
  key: string,
  comparison: string,
): Condition | undefined => {
  if (!isIn(comparisons, comparison)) return undefined;
  if (isIn(numbers, key)) {
    const [, number] = /^(\d{1,9}(?:\.\d{1,9})?)\s?%?$/u.exec(value) ?? [];
    if (number === undefined) throw refusal('bad-input', 'filter.needs-number', { typed, key });
    return { by: 'number', of: key, comparison, bound: Number(number) };
  }
  if (!isIn(ages, key)) return undefined;
  const ms = comparison === '=' ? undefined : parseDuration(value);
  if (ms === undefined) throw refusal('bad-input', 'filter.needs-duration', { typed, key });
  return { by: 'age', of: key, comparison, ms };
};

const unknownKey = (typed: string, key: string, value: string) => {
  const bare = filterKeys.map((one) => one.replace(/[.:<].*$/u, ''));
  const [near] = nearestWords(key, bare);
  const meant = Object.hasOwn(otherWords, key) ? otherWords[key] : near;
  const nearest = filterKeys[bare.indexOf(meant ?? '')];
  return refusal('bad-input', 'filter.unknown-key', {
    typed,
    key,
    value,
    nearest,
    keys: filterKeys,
  });
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

const isVolatile = ({ by }: Condition): boolean =>
  by === 'state' || by === 'number' || by === 'age';

/** Throws 'bad-input' for a filter that cannot be stored. */
export const requireReadable = (filter: string): void => {
  parseFilter(filter);
};
