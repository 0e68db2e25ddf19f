import { distance } from 'fastest-levenshtein';
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
 * Who matches an id, a name or a part of one from the start of a word, whatever the case. A whole
 * name beats a part, so that "lax-1" can be named beside "lax-12". An empty query picks nothing, not
 * even an only item.
 */
export const findByName = <T extends Named>(query: string, items: readonly T[]): NameSearch<T> =>
  searchIn(items)(query);

/** As findByName, for several queries: what is made of the names and costs the most is made once. */
export const searchIn = <T extends Named>(
  items: readonly T[],
): ((query: string) => NameSearch<T>) => {
  const forms = items.map(formsOf);
  return (query) => search(query, items, forms);
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
  const wanted = plain(unquoted(query));
  if (wanted === '')
    return items.length > 0 ? { kind: 'many', items } : { kind: 'none', nearest: [] };
  return {
    kind: 'none',
    // Most of the time goes into it, and not everybody asks.
    get nearest() {
      const close = nearest(wanted, forms, ({ name, aliases }) => [name, ...aliases], 5);
      return close.map(({ item }) => item);
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

/** Of words that mean nobody, the longest beginning that does, and what is left of them. */
export const begunName = (query: string, items: readonly Named[]): BegunName | undefined => {
  const forms = items.map(formsOf);
  const ends = [...query.matchAll(/\s+/gu)].slice(0, mostWords).map(({ index }) => index);
  for (const end of ends.reverse()) {
    const name = query.slice(0, end).trim();
    const unread = query.slice(end).trim();
    if (unread !== '' && matchesFor(name, forms).length > 0)
      return { name: unquoted(name), unread };
  }
  return undefined;
};

/** Those that match, without a guess where it is nobody. */
export const matchesOf = <T extends Named>(query: string, items: readonly T[]): readonly T[] =>
  matchesFor(query, items.map(formsOf));

/** Of several ways to read what was typed, those that mean somebody, if only by a part of a name. */
export const readingsThatMean = <R extends { readonly agent: string }>(
  readings: readonly R[],
  items: readonly Named[],
): readonly R[] => {
  const forms = items.map(formsOf);
  return readings.filter(({ agent }) => matchesFor(agent, forms).length > 0);
};

/** Of several ways to read what was typed, the one that says somebody's whole name, the longest of them. */
export const wholeNamed = <R extends { readonly agent: string }>(
  readings: readonly R[],
  items: readonly Named[],
): R | undefined => {
  const whole = new Set(items.flatMap(({ id, name }) => [plain(id), plain(name)]));
  return readings
    .filter(({ agent }) => !isAll(agent) && agent.trim() !== '')
    .filter(({ agent }) => whole.has(plain(agent)) || whole.has(plain(unquoted(agent))))
    .toSorted((a, b) => b.agent.length - a.agent.length)[0];
};

/** Commands that a mistyped word may mean, at most three, best first. */
export const nearestCommands = (word: string, names: readonly string[]): readonly string[] => {
  const wanted = plain(word);
  const begun = wanted.length < 2 ? [] : names.filter((name) => name.startsWith(wanted));
  return [...new Set([...begun, ...nearest(wanted, names, (name) => [name], 3)])].slice(0, 3);
};

const matchesFor = <T>(query: string, forms: readonly Forms<T>[]): readonly T[] => {
  for (const wanted of new Set([plain(query), plain(unquoted(query))])) {
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
  id: plain(item.id),
  name: plain(item.name),
  aliases: (item.alsoKnownAs ?? []).map(plain),
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

/** Compatible characters made equal, spaces collapsed, lower case. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/\s{2,}|[^\S ]/gu, ' ')
    .toLowerCase();

/** Longer texts are compared by their beginning: what is typed has no limit, the time to compare it does. */
const comparedLength = 80;

/** The items that a mistyped text most plausibly means, best first; all texts in lower case. */
export const nearest = <T>(
  wanted: string,
  items: readonly T[],
  namesOf: (item: T) => readonly string[],
  most: number,
): readonly T[] => {
  const query = textOf(wanted);
  return items
    .map((item) => ({
      item,
      difference: Math.min(...namesOf(item).map((name) => difference(query, textOf(name)))),
    }))
    .filter(({ difference }) => difference < implausible)
    .sort((a, b) => a.difference - b.difference)
    .slice(0, most)
    .map(({ item }) => item);
};

interface Text {
  readonly whole: string;
  readonly words: readonly string[];
}

const textOf = (text: string): Text => {
  const whole = text.slice(0, comparedLength);
  return { whole, words: whole.match(/[\p{L}\p{N}]+/gu) ?? [] };
};

const implausible = 1;

/** 0 = the same; below `implausible` when at least one of the typed words is nearly one of the name's. */
const difference = (typed: Text, name: Text): number => {
  const inWords = typed.words.map((word) =>
    Math.min(implausible, ...name.words.map((other) => slips(word, other))),
  );
  const onAverage = inWords.reduce((sum, one) => sum + one, 0) / inWords.length;
  return Math.min(slips(typed.whole, name.whole), inWords.length > 0 ? onAverage : implausible);
};

/** Typing errors as a share of the length; two swapped letters count as two. */
const slips = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  const tolerated = shorter < 3 ? 0 : shorter === 3 ? 1 : Math.max(2, Math.floor(shorter * 0.4));
  // No need to compare what differs more by length alone.
  if (Math.abs(a.length - b.length) > tolerated) return implausible;
  const edits = distance(a, b);
  return edits <= tolerated ? edits / Math.max(1, shorter) : implausible;
};

/** Ids of Entra are written in either case; as they are compared and stored. */
export const normalizeId = (objectId: string): string => objectId.toLowerCase();
