import { fold } from './fold.ts';
import { nearest, nearestWords } from './nearest.ts';
import { isAll, unquoted } from './text.ts';

// Made once: localeCompare with options is some thirty times slower, seconds for a large fleet.
const names = new Intl.Collator('en', { numeric: true });

/** Sorts names as people do: LAX-9 before LAX-12. */
export const byName = (a: string, b: string): number => names.compare(a, b);

export interface Named {
  readonly id: string;
  readonly name: string;
  /** Other names that somebody may know it by, like the machine's. */
  readonly alsoKnownAs?: readonly string[];
}

export type NameSearch<T> =
  | { readonly kind: 'one'; readonly item: T }
  | { readonly kind: 'many'; readonly items: readonly T[] }
  /** Best first, at most five. */
  | { readonly kind: 'none'; readonly nearest: readonly T[] };

/**
 * Who matches an id, a name or a part of one from the start of a word, by the one rule of sameness. A whole
 * name beats a part, so that "lax-1" can be named beside "lax-12". An empty query picks nothing, not
 * even an only item.
 */
export const findByName = <T extends Named>(query: string, items: readonly T[]): NameSearch<T> =>
  nameIndex(items).find(query);

/** Many items to look among more than once: what is made of their names, and costs the most, is made once. */
export interface NameIndex<T extends Named> {
  find(query: string): NameSearch<T>;
  /** Those that match, without a guess where it is nobody. */
  matches(query: string): readonly T[];
  /** Of words that mean nobody, the longest beginning that does, and what is left of them. */
  begun(query: string): BegunName | undefined;
  /** Of several ways to read what was typed, those that mean somebody, if only by a part of a name. */
  meaning<R extends { readonly agent: string }>(readings: readonly R[]): readonly R[];
}

export const nameIndex = <T extends Named>(items: readonly T[]): NameIndex<T> => {
  const forms = items.map(formsOf);
  const matches = (query: string): readonly T[] => matchesFor(query, forms);
  return {
    matches,
    find: (query) => search(query, items, forms),
    begun: (query) => begun(query, matches),
    meaning: (readings) => readings.filter(({ agent }) => matches(agent).length > 0),
  };
};

const search = <T extends Named>(
  query: string,
  items: readonly T[],
  forms: readonly Forms<T>[],
): NameSearch<T> => {
  const [first, ...others] = matchesFor(query, forms);
  if (first !== undefined)
    return others.length === 0
      ? { kind: 'one', item: first }
      : { kind: 'many', items: [first, ...others] };
  const wanted = fold(unquoted(query));
  if (wanted === '')
    return items.length > 0 ? { kind: 'many', items } : { kind: 'none', nearest: [] };
  let found: readonly T[] | undefined;
  return {
    kind: 'none',
    // Most of the time goes into it, and not everybody asks.
    get nearest() {
      found ??= nearest(wanted, forms, ({ name, aliases }) => [name, ...aliases], 5).map(
        ({ item }) => item,
      );
      return found;
    },
  };
};

export interface BegunName {
  /** The words that mean somebody. */
  readonly name: string;
  /** What follows them, and means nothing. */
  readonly unread: string;
}

/** A name has few words; what is pasted may have hundreds, and each beginning is looked for in the fleet. */
const mostWords = 8;

const begun = (
  query: string,
  matches: (name: string) => readonly unknown[],
): BegunName | undefined => {
  const ends = [...query.matchAll(/\s+/gu)].slice(0, mostWords).map(({ index }) => index);
  for (const end of ends.reverse()) {
    const name = query.slice(0, end).trim();
    const unread = query.slice(end).trim();
    if (unread !== '' && matches(name).length > 0) return { name: unquoted(name), unread };
  }
  return undefined;
};

export const begunName = (query: string, items: readonly Named[]): BegunName | undefined =>
  nameIndex(items).begun(query);

/** Of several ways to read what was typed, the one that says somebody's whole name, the longest of them. */
export const wholeNamed = <R extends { readonly agent: string }>(
  readings: readonly R[],
  items: readonly Named[],
): R | undefined => {
  const whole = new Set(items.flatMap(({ id, name }) => [fold(id), fold(name)]));
  return readings
    .filter(({ agent }) => !isAll(agent) && agent.trim() !== '')
    .filter(({ agent }) => whole.has(fold(agent)) || whole.has(fold(unquoted(agent))))
    .toSorted((a, b) => b.agent.length - a.agent.length)[0];
};

/** Commands that a mistyped word may mean, at most three, best first. */
export const nearestCommands = (word: string, names: readonly string[]): readonly string[] =>
  nearestWords(fold(word), names);

/** A card cuts a long name so. */
const cut = /…\s*$/u;

const matchesFor = <T>(query: string, forms: readonly Forms<T>[]): readonly T[] => {
  for (const wanted of new Set([query, unquoted(query), query.replace(cut, '')].map(fold))) {
    const found = wanted === '' ? [] : bestMatches(wanted, forms);
    if (found.length > 0) return found.map(({ item }) => item);
  }
  return [];
};

interface Forms<T> {
  readonly item: T;
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

const formsOf = <T extends Named>(item: T): Forms<T> => ({
  item,
  id: fold(item.id),
  name: fold(item.name),
  aliases: (item.alsoKnownAs ?? []).map(fold),
});

const bestMatches = <T>(wanted: string, forms: readonly Forms<T>[]): readonly Forms<T>[] => {
  const exact = forms.filter(({ id, name }) => id === wanted || name === wanted);
  if (exact.length > 0) return exact;
  // A machine's whole name must not lose to a part of some other agent's name.
  const named = forms.filter(
    ({ name, aliases }) => beginsWord(name, wanted) || aliases.includes(wanted),
  );
  if (named.length > 0) return [...named].sort((a, b) => rank(a, wanted) - rank(b, wanted));
  return forms.filter(({ aliases }) => aliases.some((alias) => beginsWord(alias, wanted)));
};

/** "all" is no part of "Call centre": a word begins at the start or behind what is neither letter nor digit. */
const beginsWord = (name: string, part: string): boolean => {
  for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1))
    if (at === 0 || !endsInWord.test(name.slice(Math.max(0, at - 2), at))) return true;
  return false;
};

const endsInWord = /[\p{L}\p{N}\p{M}]$/u;

const rank = <T>({ name, aliases }: Forms<T>, wanted: string): number =>
  aliases.includes(wanted) ? 0 : name.startsWith(wanted) ? 1 : 2;

/** Ids of Entra are written in either case; as they are compared and stored. */
export const normalizeId = (objectId: string): string => objectId.toLowerCase();
