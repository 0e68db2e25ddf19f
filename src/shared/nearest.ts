import { distance } from 'fastest-levenshtein';

/** Longer texts are compared by their beginning: what is typed has no limit, the time to compare it does. */
const comparedLength = 80;
/** A name has few words, and each is compared with every word of a fleet. */
const comparedWords = 8;

/** The items that a mistyped text most plausibly means, best first; all texts folded. */
export const nearest = <T>(
  wanted: string,
  items: readonly T[],
  namesOf: (item: T) => readonly string[],
  most: number,
): readonly T[] => {
  const difference = differenceFrom(wanted);
  const close: { readonly item: T; readonly difference: number }[] = [];
  for (const item of items) {
    let least = implausible;
    for (const name of namesOf(item)) least = Math.min(least, difference(name));
    if (least < implausible) close.push({ item, difference: least });
  }
  return close
    .sort((a, b) => a.difference - b.difference)
    .slice(0, most)
    .map(({ item }) => item);
};

/** Commands, keys and their like that a mistyped word may mean, at most three, best first; all texts folded. */
export const nearestWords = (word: string, known: readonly string[]): readonly string[] => {
  const begun = word.length < 2 ? [] : known.filter((one) => one.startsWith(word));
  return [...new Set([...begun, ...nearest(word, known, (one) => [one], 3)])].slice(0, 3);
};

const implausible = 1;

/** Classes of Unicode take several times as long, and most names need none. */
const wordsIn = (text: string): readonly string[] =>
  text.match(/^[ -~]*$/.test(text) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];

/** 0 = the same; below `implausible` when at least one of the typed words is nearly one of the name's. */
const differenceFrom = (wanted: string): ((name: string) => number) => {
  const whole = slipsFrom(wanted.slice(0, comparedLength));
  const inWords = [...new Set(wordsIn(wanted.slice(0, comparedLength)))]
    .slice(0, comparedWords)
    .map((word) => remembered(slipsFrom(word)));
  return (name) => {
    const text = name.slice(0, comparedLength);
    const asWhole = whole(text);
    if (inWords.length === 0 || asWhole === 0) return asWhole;
    const words = wordsIn(text);
    let sum = 0;
    for (const slips of inWords) {
      let least = implausible;
      for (const word of words) least = Math.min(least, slips(word));
      sum += least;
    }
    return Math.min(asWhole, sum / inWords.length);
  };
};

/** The names of a fleet have most words in common. */
const remembered = (slips: (word: string) => number): ((word: string) => number) => {
  const known = new Map<string, number>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = slips(word);
    known.set(word, found);
    return found;
  };
};

/** Typing errors as a share of the length; two swapped letters count as two. */
const slipsFrom = (typed: string): ((other: string) => number) => {
  const letters = lettersOf(typed);
  return (other) => {
    const shorter = Math.min(typed.length, other.length);
    const tolerated = shorter < 3 ? 0 : shorter === 3 ? 1 : Math.max(2, Math.floor(shorter * 0.4));
    // No need to compare what differs more by its length or by its letters alone.
    if (Math.abs(typed.length - other.length) > tolerated) return implausible;
    if (tolerated === 0) return typed === other ? 0 : implausible;
    const others = lettersOf(other);
    if (countBits(letters & ~others) > tolerated || countBits(others & ~letters) > tolerated)
      return implausible;
    const edits = distance(typed, other);
    return edits <= tolerated ? edits / Math.max(1, shorter) : implausible;
  };
};

/** One bit for each letter that occurs, some sharing one: a letter that only one text has costs one edit at least. */
const lettersOf = (text: string): number => {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
};

const countBits = (bits: number): number => {
  let left = bits;
  let count = 0;
  for (; left !== 0; count += 1) left &= left - 1;
  return count;
};

/** A shorter word has too many neighbours. */
const shortestSlip = 4;

/** Whether a word is another one with a letter too many, too few, wrong, or two that changed places; never the first. */
export const isSlipOf = (word: string, known: string): boolean => {
  const shorter = Math.min(word.length, known.length);
  if (shorter < shortestSlip || word.charAt(0) !== known.charAt(0)) return false;
  if (Math.abs(word.length - known.length) > 1) return false;
  const letters = (text: string): string => [...text].sort().join('');
  const edits = distance(word, known);
  if (edits === 2) return letters(word) === letters(known);
  return edits === 1 && (shorter > shortestSlip || word.length < known.length);
};
