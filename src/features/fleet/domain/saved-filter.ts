import { refusal } from '../../../platform/errors.ts';
import { fold } from '../../../shared/fold.ts';
import { nearestWords } from '../../../shared/nearest.ts';
import { longestFilter, quoteMarks } from '../../../shared/text.ts';
import { type TypedTerm, termGroups } from './filter-grammar.ts';

/** What is called by a name in a filter. */
export interface NamedFilter {
  readonly name: string;
  readonly filter: string;
}

/** In signs, without the `@`. */
const longestName = 40;

/** The signs of a filter's grammar would end it, and a dot or dash at its end belongs to the sentence. */
const isName = (name: string): boolean =>
  name.length <= longestName &&
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?$/u.test(name);

/** Of what was typed for a name, with or without its `@`, the name. Throws 'bad-input'. */
export const filterName = (typed: string): string => {
  const name = typed
    .trim()
    .replace(/^[@＠]/u, '')
    .normalize('NFC');
  if (!isName(fold(name)) || /[\s\p{Cf}\p{Cc}]/u.test(name))
    throw refusal('bad-input', 'saved-filter.no-name', { typed, most: longestName });
  return name;
};

/** The name that a term calls, folded; nothing for any other term. */
export const calledName = ({ key, field, quoted, value }: TypedTerm): string | undefined => {
  const text = fold(value);
  return key === undefined && field === undefined && !quoted && text.startsWith('@')
    ? text.slice(1)
    : undefined;
};

export const callsFilters = (text: string): boolean =>
  termGroups(text).some((terms) => terms.some((term) => calledName(term) !== undefined));

/** A term as it is written. */
interface Written {
  readonly not: boolean;
  readonly text: string;
}
/** Any of the groups, all terms of each. */
type Groups = readonly (readonly Written[])[];

/**
 * The filter with what its `@names` stand for in their place: it matches what the whole of them does, also behind a
 * dash, or beside other terms where a saved one says OR. Throws 'bad-input' for an unknown name, and where the result is
 * too long.
 */
export const expandFilter = (text: string, saved: readonly NamedFilter[]): string => {
  if (!callsFilters(text)) return text;
  const known = new Map(saved.map((one) => [fold(one.name), one]));
  const groups = termGroups(text).flatMap((terms) =>
    terms.reduce<Groups>((before, term) => both(before, meaning(term, known)), [[]]),
  );
  return written(groups);
};

/** The filter with one more term in each of its groups; nothing where it gets too long. */
export const narrowed = (filter: string, term: string): string | undefined => {
  const groups = groupsOf(filter).map((terms) => [...terms, { not: false, text: term }]);
  const text = joined(groups.length === 0 ? [[{ not: false, text: term }]] : groups);
  return text.length > longestFilter ? undefined : text;
};

const groupsOf = (text: string): Groups =>
  termGroups(text)
    .map((terms) => terms.filter((term) => term.text !== '').map(write))
    .filter((terms) => terms.length > 0);

const meaning = (term: TypedTerm, known: ReadonlyMap<string, NamedFilter>): Groups => {
  const name = calledName(term);
  if (name === undefined) return term.text === '' ? [[]] : [[write(term)]];
  const groups = groupsOf(known.get(name)?.filter ?? '');
  if (groups.length === 0) throw unknownName(term.text, name, [...known.values()]);
  return term.not ? groups.map(negated).reduce<Groups>(both, [[]]) : groups;
};

/** Not all of these terms: any of them is not so. */
const negated = (terms: readonly Written[]): Groups =>
  terms.map(({ not, text }) => [{ not: !not, text }]);

const both = (some: Groups, others: Groups): Groups => {
  // Each group takes some signs of the text, so more of them cannot fit.
  if (some.length * others.length > longestFilter) throw tooLong();
  return withoutNarrower(
    some.flatMap((one) => others.map((other) => distinct([...one, ...other]))),
  );
};

/** What asks for the terms of another group and more finds nobody besides. */
const withoutNarrower = (groups: Groups): Groups => {
  const sets = groups.map((terms) => new Set(terms.map(textOf)));
  return groups.filter((terms, at) => {
    const own = sets[at] ?? new Set();
    return !sets.some(
      (other, place) =>
        (other.size < own.size || (other.size === own.size && place < at)) &&
        terms.length > 0 &&
        [...other].every((term) => own.has(term)),
    );
  });
};

const distinct = (terms: readonly Written[]): readonly Written[] => {
  const all = [...new Map(terms.map((term) => [textOf(term), term])).values()];
  if (all.length > longestFilter) throw tooLong();
  return all;
};

const beginsCompared = /^[<>=＜＞＝]/u;
const anyQuote = new RegExp(`[${quoteMarks}]`, 'gu');

/** So that it means the same wherever it stands: what a comparison would take for its sign stands in quotes, and quotes are closed. */
const write = ({ not, text, key, field, value, unclosed }: TypedTerm): Written => {
  if (key === undefined && field === undefined && beginsCompared.test(text))
    return { not, text: `"${value.replace(anyQuote, '')}"` };
  return { not, text: unclosed ? `${text}"` : text };
};

const textOf = ({ not, text }: Written): string => `${not ? '-' : ''}${text}`;

const joined = (groups: Groups): string =>
  [...new Set(groups.map((terms) => terms.map(textOf).join(' ')))].join(' OR ');

const written = (groups: Groups): string => {
  const text = joined(groups.filter((terms) => terms.length > 0));
  if (text.length > longestFilter) throw tooLong();
  return text;
};

const tooLong = () => refusal('bad-input', 'saved-filter.too-long', { most: longestFilter });

const shownNames = 12;

const unknownName = (typed: string, name: string, saved: readonly NamedFilter[]) => {
  const [near] = nearestWords(
    name,
    saved.map((one) => fold(one.name)),
  );
  const nearest = saved.find((one) => fold(one.name) === near);
  return refusal('bad-input', 'saved-filter.unknown', {
    typed,
    nearest: nearest && `@${nearest.name}`,
    names: saved.slice(0, shownNames).map((one) => `@${one.name}`),
  });
};
